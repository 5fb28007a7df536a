// Your own account and how the console looks to you.
import { Page } from "@/components/ui/page";
import { Appearance } from "./appearance";
import { Devices } from "./devices";
import { Password } from "./password";
import { Profile } from "./profile";

export default function SettingsPage() {
  return (
    <Page title="Settings" about="Your own account, and how the console looks in this browser.">
      <div className="grid gap-4 lg:grid-cols-2">
        <Profile />
        <Password />
      </div>
      <Devices />
      <Appearance />
    </Page>
  );
}
