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

/** Where a request can stop; `none` when nothing wrong was found or nothing tells where. */
export type Gate = "mint" | "send" | "reach" | "verify" | "allow" | "app" | "none";

export type Likelihood = "certain" | "likely" | "possible";

export interface Fix {
  title: string;
  /** `mints` prints a secret. */
  effect: "reads" | "changes" | "mints";
  /** What to know before running it; may be empty. */
  note: string;
  /** The same as `note`, by its name in version 1. */
  caution: string;
  /** `sh`, `hcl`, `python`, … */
  language: string;
  text: string;
}

export interface Cause {
  id: string;
  /** What exactly is wrong: `wif-attribute-condition`; empty when nothing tells it. */
  variant: string;
  title: string;
  gate: Gate;
  likelihood: Likelihood;
  /** One sentence, with both values where two should agree. */
  summary: string;
  because: string[];
  /** What to look at before the change; only reads. */
  check: Fix[];
  /** The one change that mends it, then alternatives. One entry per language. */
  fix: Fix[];
  /** How to see that it works. */
  verify: Fix[];
  /** All of these in the order of work, as in version 1. */
  fixes: Fix[];
  docs: string;
}

/** A name in what was pasted, and where it was seen. */
export interface Fact {
  /** `account`, `permission`, `project`, … */
  name: string;
  value: string;
  from: "document" | "told" | "token" | "url" | "request" | "log" | "answer" | "error";
}

/** The report, version 2. It never holds a signature, an opaque token beyond its prefix, or a key. */
export interface Report {
  version: 2;
  headline: { id: string; gate: Gate; likelihood: Likelihood; summary: string };
  /** Which of several log entries the verdict is about, counted from 1. */
  judged: { entry: number; of: number } | null;
  /** What was read out of the input: the credential, the target, the response. */
  read: Record<string, unknown>;
  facts: Fact[];
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
