// Who works with this AegisFlow, as what; and who is invited.
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { InviteDialog } from "./invite-dialog";
import { Invites } from "./invites";
import { Members } from "./members";

export default function TeamPage() {
  const [inviting, setInviting] = useState(false);
  return (
    <Page
      title="Team"
      about="People with an account here, and what each may do."
      actions={
        <Button look="primary" onClick={() => setInviting(true)}>
          <UserPlus aria-hidden className="size-4" />
          Invite
        </Button>
      }
    >
      <Members />
      <Invites />
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
    </Page>
  );
}
