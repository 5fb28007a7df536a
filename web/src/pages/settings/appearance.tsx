// Theme, density, zone and keys: kept in this browser only.
import { Field, RadioGroup, Select } from "@/components/ui/field";
import { Panel } from "@/components/ui/page";
import { Switch } from "@/components/ui/switch";
import { density, localZone, shortcuts, themeChoice, zoneChoice } from "@/lib/preferences";
import { useSetting } from "@/lib/storage";

export function Appearance() {
  const theme = useSetting(themeChoice);
  const rows = useSetting(density);
  const zone = useSetting(zoneChoice);
  const keysOn = useSetting(shortcuts) === "on";
  return (
    <Panel title="Appearance" about="Kept in this browser">
      <div className="grid gap-6 sm:grid-cols-2 lg:grid-cols-4">
        <RadioGroup
          legend="Theme"
          name="theme"
          value={theme}
          onChange={value => themeChoice.set(value)}
          options={[
            { value: "system", label: "As the system" },
            { value: "dark", label: "Dark" },
            { value: "light", label: "Light" },
          ]}
        />
        <RadioGroup
          legend="Rows"
          name="density"
          value={rows}
          onChange={value => density.set(value)}
          options={[
            { value: "roomy", label: "Roomy" },
            { value: "dense", label: "Dense" },
          ]}
        />
        <Field label="Time zone" hint="u switches between UTC and this machine's.">
          <Select value={zone} onChange={event => zoneChoice.set(event.target.value)}>
            <option value="local">This machine ({localZone()})</option>
            {Intl.supportedValuesOf("timeZone").map(name => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
            <option value="UTC">UTC</option>
          </Select>
        </Field>
        <div className="flex flex-col gap-1">
          <span className="text-dense font-semibold text-muted">Keyboard shortcuts</span>
          <span className="flex items-center gap-2">
            <Switch name="Keyboard shortcuts" on={keysOn} onChange={on => shortcuts.set(on ? "on" : "off")} />
            {keysOn ? "On; ? lists them" : "Off"}
          </span>
        </div>
      </div>
    </Panel>
  );
}
