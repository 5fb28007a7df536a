// The console's names for the API's shapes. The one place that reaches into the generated document.
import type { components } from "./schema.gen";

type Schemas = components["schemas"];

export type ErrorCode = Schemas["ErrorCode"];
export type Role = Schemas["Role"];
export type Severity = Schemas["Severity"];
export type Action = Schemas["Action"];
export type Status = Schemas["Status"];
export type Scope = Schemas["Scope"];
export type AuthState = Schemas["AuthState"];
export type Me = Schemas["Me"];
export type Session = Schemas["Session"];
export type Member = Schemas["Member"];
export type Invite = Schemas["Invite"];
export type InviteCreated = Schemas["InviteCreated"];
export type Token = Schemas["Token"];
export type TokenCreated = Schemas["TokenCreated"];
export type AuditItem = Schemas["AuditItem"];
export type AuditList = Schemas["AuditList"];
export type AuditVerify = Schemas["AuditVerify"];
export type PipelineStatus = Schemas["PipelineStatus"];
export type EventRow = Schemas["EventRow"];
export type EventList = Schemas["EventList"];
export type EventDetail = Schemas["Event"];
export type Finding = Schemas["Finding"];
export type Facets = Schemas["Facets"];
export type Histogram = Schemas["Histogram"];
export type Series = Schemas["Series"];
export type Overview = Schemas["Overview"];
export type Kpi = Schemas["Kpi"];
export type TopRow = Schemas["TopRow"];
export type Detector = Schemas["Detector"];
export type ScanAnswer = Schemas["ScanAnswer"];
export type EventScanAnswer = Schemas["EventScanAnswer"];
export type Ready = Schemas["Ready"];
export type Versions = Schemas["Versions"];
