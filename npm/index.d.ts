/** Who makes the call. */
export type Caller =
  | "cloud-run"
  | "cloud-functions"
  | "cloud-scheduler"
  | "cloud-tasks"
  | "pubsub-push"
  | "eventarc"
  | "workflows"
  | "gke"
  | "gce"
  | "github-actions"
  | "impersonation"
  | "local-user"
  | "browser";

/** Everything a diagnosis depends on. What is left out counts as not known. */
export interface Input {
  /** A token, header, `curl` command, transcript, JSON answer, error text, … */
  paste?: string;
  /** The URL of the service that was called. */
  serviceUrl?: string;
  /** What came back: headers, body or log line, in any mix. */
  response?: string;
  /** The HTTP status, when known apart from `response`. */
  status?: number;
  caller?: Caller;
  /** Audiences the service accepts besides its own URLs. */
  customAudiences?: string[];
  /** The service's name, region and project, where the URL does not tell them. */
  service?: string;
  region?: string;
  project?: string;
  /** Values for the CAPITALS of commands, by their names: `{"BUCKET": "invoices"}`. */
  values?: Record<string, string>;
  /** The moment of judgement, in seconds since 1970 (UTC). The clock's time when left out. */
  now?: number;
  /** Which of several pasted credentials to judge, counted from 0. */
  pick?: number;
  /** Which of these fields a link filled in, and not the person: "serviceUrl", "customAudiences", "service", "region", "project". */
  preset?: ("serviceUrl" | "customAudiences" | "service" | "region" | "project")[];
}

/** Where a request can stop; `none` when nothing wrong was found. */
export type Gate = "mint" | "send" | "reach" | "verify" | "allow" | "app" | "none";

export type Likelihood = "certain" | "likely" | "possible";

export interface Fix {
  title: string;
  /** `mints` prints a secret. */
  effect: "reads" | "changes" | "mints";
  /** `sh`, `hcl`, `python`, … */
  language: string;
  text: string;
}

export interface Cause {
  id: string;
  title: string;
  gate: Gate;
  likelihood: Likelihood;
  because: string[];
  fixes: Fix[];
  docs: string;
}

/** The report, version 1. It never holds a signature, an opaque token beyond its prefix, or a key. */
export interface Report {
  version: 1;
  headline: { id: string; gate: Gate; likelihood: Likelihood; summary: string };
  /** What was read out of the input: the credential, the target, the response. */
  read: Record<string, unknown>;
  /** Most likely first; the first is the headline. */
  causes: Cause[];
  ruled_out: { id: string; because: string }[];
}

/** Tells why the request was refused. Tokens are decoded, not verified. */
export function diagnose(input: Input): Promise<Report>;

/** The version of why401. */
export const version: string;

/** The SHA-256 of the wasm module, in hex. */
export const wasmSha256: string;
