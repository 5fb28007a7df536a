// API tokens: which machines may do what, until when, and whether they still do.
import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { tokensQuery } from "@/api/queries";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { plural } from "@/lib/format";
import { TokenDialog } from "./token-dialog";
import { Tokens } from "./tokens";

export default function AccessPage() {
  const tokens = useQuery(tokensQuery);
  const [making, setMaking] = useState(false);
  return (
    <Page
      title="Access"
      about={
        tokens.data
          ? `${plural(tokens.data.items.length, "API token")}. A token is shown once and kept only as a hash.`
          : "API tokens are shown once and kept only as a hash."
      }
      actions={
        <Button look="primary" onClick={() => setMaking(true)}>
          <KeyRound aria-hidden className="size-4" />
          New token
        </Button>
      }
    >
      <Tokens onNew={() => setMaking(true)} />
      <TokenDialog open={making} onClose={() => setMaking(false)} />
    </Page>
  );
}
