// Schedules in words: the few that people choose, and the cron expression behind. Pure.

export interface Preset {
  name: string;
  /** A cron expression at this minute of the hour. */
  cron: (minute: number) => string;
}

export const PRESETS: readonly Preset[] = [
  { name: "Every hour", cron: minute => `${minute} * * * *` },
  { name: "Every 6 hours", cron: minute => `${minute} */6 * * *` },
  { name: "Every day at 03:00 UTC", cron: minute => `${minute} 3 * * *` },
  { name: "Every Monday at 03:00 UTC", cron: minute => `${minute} 3 * * 1` },
];

/** The minute an expression names, so that another choice keeps it; 17 where it names none. */
export function minuteOf(cron: string): number {
  const minute = /^(\d{1,2}) /.exec(cron.trim())?.[1];
  return minute !== undefined && Number(minute) < 60 ? Number(minute) : 17;
}

/** What people call an expression; itself where it is none of the usual. */
export function cronWords(cron: string): string {
  const preset = PRESETS.find(one => one.cron(minuteOf(cron)) === cron.trim());
  if (!preset) return cron;
  return `${preset.name.replace(/ at .*/, "")}, ${timeOf(cron)}`;
}

function timeOf(cron: string): string {
  const [minute = "0", hour = "*"] = cron.trim().split(/\s+/);
  const padded = minute.padStart(2, "0");
  return /^\d+$/.test(hour) ? `${hour.padStart(2, "0")}:${padded} UTC` : `at minute ${padded}`;
}

/** What is wrong with an expression, before the server says it more exactly; null where nothing is. */
export function cronFault(cron: string): string | null {
  const parts = cron.trim().split(/\s+/);
  if (parts.length !== 5) return "Five parts: minute, hour, day of the month, month, day of the week.";
  return parts.every(part => /^[\d*,/\-A-Za-z]+$/.test(part))
    ? null
    : "Only digits, names, * , / and - stand in it.";
}
