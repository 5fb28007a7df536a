// The way into the connect flow; refused, with the reason, for those who may not.
import { Plus } from "lucide-react";
import { Link } from "react-router";
import { useRefusal } from "@/api/me";
import { Button, buttonClass } from "@/components/ui/button";
import { paths } from "@/lib/paths";

export function AddCredential({ vendor }: { vendor?: string }) {
  const refused = useRefusal("admin");
  const inside = (
    <>
      <Plus aria-hidden className="size-4" />
      Add credential
    </>
  );
  if (refused) return <Button refused={refused}>{inside}</Button>;
  return (
    <Link to={paths.connect(vendor === undefined ? {} : { vendor })} className={buttonClass("primary")}>
      {inside}
    </Link>
  );
}
