import { describe, expect, it } from "vitest";
import { cronFault, cronWords, minuteOf, PRESETS } from "./cron";

describe("schedules", () => {
  it.each([
    ["17 * * * *", "Every hour, at minute 17"],
    ["5 */6 * * *", "Every 6 hours, at minute 05"],
    ["42 3 * * *", "Every day, 03:42 UTC"],
    ["0 3 * * 1", "Every Monday, 03:00 UTC"],
    ["*/5 * * * *", "*/5 * * * *"],
  ])("%s is %s", (cron, words) => expect(cronWords(cron)).toBe(words));

  it("keep their minute when another is chosen", () => {
    expect(PRESETS.map(preset => minuteOf(preset.cron(42)))).toEqual(PRESETS.map(() => 42));
    expect(minuteOf("*/5 * * * *")).toBe(17);
    expect(minuteOf("99 * * * *")).toBe(17);
  });

  it.each([
    ["17 * * * *", true],
    [" 0 3 1,15 * mon-fri ", true],
    ["17 * * *", false],
    ["", false],
    ["17 * * * ; rm", false],
    ["a! * * * *", false],
  ])("%j is well formed: %s", (cron, fine) => expect(cronFault(cron) === null).toBe(fine));
});
