// What went wrong with a call, as the API's error envelope tells it. Every failed call ends as one of these.
import type { ErrorCode } from "./types";

/** `network`: no answer came at all; `unreadable`: an answer that is not the API's. */
export type FailureCode = ErrorCode | "network" | "unreadable";

export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly status: number,
    readonly requestId: string | null,
    /** Bad fields of a refused form: field → what is wrong. */
    readonly fields: Readonly<Record<string, string>> = {},
    /** Seconds after which to try again, where the server said so. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** `details.fields` comes as field → message, or as a list of `{field, message}`. */
function fieldErrors(details: unknown): Record<string, string> {
  if (!isRecord(details)) return {};
  const { fields } = details;
  const found: Record<string, string> = {};
  if (Array.isArray(fields)) {
    for (const item of fields) {
      if (isRecord(item) && typeof item.field === "string")
        found[item.field] = String(item.message ?? item.reason);
    }
  } else if (isRecord(fields)) {
    for (const [field, message] of Object.entries(fields)) found[field] = String(message);
  }
  return found;
}

const CODES: Record<ErrorCode, true> = {
  bad_request: true,
  validation_failed: true,
  unauthenticated: true,
  forbidden: true,
  bad_origin: true,
  not_found: true,
  method_not_allowed: true,
  conflict: true,
  gone: true,
  payload_too_large: true,
  unsupported_media_type: true,
  rate_limited: true,
  locked_out: true,
  busy: true,
  internal: true,
  unavailable: true,
};

function isCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(CODES, value);
}

/** Reads the envelope of a non-2xx answer. */
export function apiError(response: Response, body: unknown): ApiError {
  const envelope = isRecord(body) && isRecord(body.error) ? body.error : null;
  const after = Number(response.headers.get("retry-after"));
  const retryAfter = Number.isFinite(after) && after > 0 ? after : null;
  if (!envelope || !isCode(envelope.code)) {
    const message = `The server answered ${response.status} in a form the console cannot read.`;
    return new ApiError(
      "unreadable",
      message,
      response.status,
      response.headers.get("x-request-id"),
      {},
      retryAfter,
    );
  }
  return new ApiError(
    envelope.code,
    String(envelope.message),
    response.status,
    typeof envelope.request_id === "string" ? envelope.request_id : null,
    fieldErrors(envelope.details),
    retryAfter,
  );
}

/** No answer: the server is down or the network is. */
export function networkError(): ApiError {
  return new ApiError(
    "network",
    "The server did not answer. Check that it is running and reachable.",
    0,
    null,
  );
}
