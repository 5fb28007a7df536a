import { Page } from "@/components/ui/page";

export default function P() {
  return <Page title="settings">{null}</Page>;
}
