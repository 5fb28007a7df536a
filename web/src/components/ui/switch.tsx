// An on/off choice that takes effect at once.
import { Switch as Radix } from "radix-ui";

interface SwitchProps {
  name: string;
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
}

export function Switch({ name, on, onChange, disabled = false }: SwitchProps) {
  return (
    <Radix.Root
      aria-label={name}
      checked={on}
      onCheckedChange={onChange}
      disabled={disabled}
      className="inline-flex h-6 w-10 shrink-0 items-center rounded-full border border-edge bg-canvas p-0.5 transition-colors disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <Radix.Thumb className="block size-4 rounded-full bg-edge transition-transform data-[state=checked]:translate-x-[18px] data-[state=checked]:bg-on-accent" />
    </Radix.Root>
  );
}
