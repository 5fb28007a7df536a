// Figures, spans and names as people read them.
import { describe, expect, it } from "vitest";
import {
  bytes,
  delta,
  instant,
  length,
  micros,
  millis,
  money,
  plural,
  rate,
  relative,
  short,
  span,
  usd,
  utcDays,
  when,
} from "./format";
import { shortenId } from "./ids";
import { deviceName } from "./user-agent";

const NOW = Date.parse("2026-11-23T12:00:00.000Z");

describe("figures", () => {
  it.each([
    [plural(1, "event"), "1 event"],
    [plural(1_204, "event"), "1,204 events"],
    [short(9_999), "9,999"],
    [short(1_204_331), "1.2M"],
    [rate(2.44), "2.4/s"],
    [rate(3_400.4), "3,400/s"],
    [bytes(900), "900 B"],
    [bytes(1_536), "1.5 KiB"],
    [bytes(48 * 1024 ** 3), "48 GiB"],
    [millis(812), "812 ms"],
    [millis(12_400), "12.4 s"],
    [micros(6.42), "6.4 µs"],
    [micros(180), "180 µs"],
    [micros(2_400), "2.4 ms"],
  ])("%s", (shown, wanted) => {
    expect(shown).toBe(wanted);
  });

  it("tells small sums of money from zero", () => {
    expect(usd("0.012345000")).toBe("$0.0123");
    expect(usd("0.000000420")).toBe("$0.00000042");
    expect(usd("1234.5")).toBe("$1,234.50");
    expect(usd("0")).toBe("$0.00");
  });

  it("writes other currencies to the cent, and unknown ones as they came", () => {
    expect(money("1066.058531364", "EUR")).toBe("€1,066.06");
    expect(money("0.001234", "GBP")).toBe("£0.0012");
    expect(money("12.5", "??")).toBe("12.5 ??");
  });

  it("names the whole days that a window covers", () => {
    expect(utcDays("2026-11-30T00:00:00Z", "2026-12-02T00:00:00Z")).toBe("30 Nov – 1 Dec (UTC)");
    expect(utcDays("2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z")).toBe("30 Nov (UTC)");
  });

  it("compares with the range before without inventing a percentage", () => {
    expect(delta(110, 100)).toBe("+10 %");
    expect(delta(50, 100)).toBe("−50 %");
    expect(delta(100, 100)).toBe("no change");
    expect(delta(0, 0)).toBe("no change");
    expect(delta(5, 0)).toBeNull();
    expect(delta(2_000, 100)).toBe("×20");
  });
});

describe("spans of time", () => {
  it.each([
    [span(0.4), "0 s"],
    [span(41 * 60), "41 min"],
    [span(3 * 3_600 + 12 * 60), "3 h 12 min"],
    [span(86_400), "1 d"],
    [length(86_400), "24 h"],
    [length(604_800), "7 d"],
    [length(900), "15 min"],
  ])("%s", (shown, wanted) => {
    expect(shown).toBe(wanted);
  });

  it.each([
    ["2026-11-23T11:59:58.000Z", "just now"],
    ["2026-11-23T11:59:20.000Z", "40 s ago"],
    ["2026-11-23T11:47:59.000Z", "12 min ago"],
    ["2026-11-20T12:00:00.000Z", "3 d ago"],
    ["2026-11-23T15:00:00.000Z", "in 3 h"],
  ])("%s was %s", (at, wanted) => {
    expect(relative(at, NOW)).toBe(wanted);
  });
});

describe("instants", () => {
  it("shows the clock for today, day and minute else, in the zone asked for", () => {
    expect(when("2026-11-23T10:02:31.500Z", "UTC", NOW)).toBe("10:02:31");
    expect(when("2026-11-22T10:02:31.500Z", "UTC", NOW)).toBe("22 Nov, 10:02");
    // In Kolkata it is already the 24th then.
    expect(when("2026-11-23T20:00:00.000Z", "Asia/Kolkata", NOW)).toBe("24 Nov, 01:30");
  });

  it("shows what it cannot read as it came", () => {
    expect(instant("soon", "UTC", "clock")).toBe("soon");
  });
});

describe("names", () => {
  it("shortens ids in the middle, and only where that is shorter", () => {
    expect(shortenId("0190c0de-0000-7000-a000-6d6172696100")).toBe("0190c0…6100");
    expect(shortenId("short-id")).toBe("short-id");
  });

  it.each([
    [
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
      "Chrome on Linux",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
      "Safari on macOS",
    ],
    ["curl/8.5.0", "curl/8.5.0"],
    ["", "unknown program"],
  ])("%s is %s", (userAgent, wanted) => {
    expect(deviceName(userAgent)).toBe(wanted);
  });
});
