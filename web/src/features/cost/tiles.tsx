// Figures side by side, each with its unit and what it is.
import type { ReactNode } from "react";

export interface Tile {
  name: string;
  value: ReactNode;
  note: ReactNode;
}

export function Tiles({ tiles }: { tiles: readonly Tile[] }) {
  return (
    <dl className="grid gap-px overflow-hidden rounded-panel border border-hairline bg-hairline sm:grid-cols-2 lg:grid-cols-4">
      {tiles.map(tile => (
        <div key={tile.name} className="min-w-0 bg-panel px-4 py-3">
          <dt className="text-dense text-muted">{tile.name}</dt>
          <dd className="truncate font-head text-figure font-semibold tracking-tight">{tile.value}</dd>
          <dd className="text-dense text-faint">{tile.note}</dd>
        </div>
      ))}
    </dl>
  );
}
