// The whole diagnosis, JSON in and JSON out, beside decoders that only decode. Every table is of
// medians; the rounds of what is compared are interleaved, so that a busy machine slows all alike.
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { jwtDecode } from "jwt-decode";
import { createInstance } from "../dist/npm/built.js";
import { largePastes, measure } from "../tests/e2e/large.mjs";

const NOW = 1_795_000_000;
const URL = "https://orders-4k3jd82hfa-uc.a.run.app";
const { diagnose } = await createInstance();
let key;

const token = googleIdToken();
console.log(`\none Google ID token of ${token.length} bytes, µs per call (what only decodes: no verdict)`);
report(
  compare(60, 200, {
    "jwt-decode, payload": () => jwtDecode(token),
    "jose, payload": () => decodeJwt(token),
    "jose, header and payload": () => [decodeProtectedHeader(token), decodeJwt(token)],
    "why401, token alone": asked({ paste: token }),
    "why401, with service URL": asked({ paste: token, serviceUrl: URL }),
    "why401, with URL and 401": asked({ paste: token, serviceUrl: URL, response: "HTTP/2 401\r\n\r\n", status: 401 }),
  }),
  "jwt-decode, payload",
);

const large = googleIdToken({ groups: Array.from({ length: 60_000 }, (_, n) => `group-${n}`) });
console.log(`\na token of ${(large.length / 1e6).toFixed(1)} MB, µs per call`);
report(
  compare(7, 1, {
    "jose, payload": () => decodeJwt(large),
    "jwt-decode, payload": () => jwtDecode(large),
    "why401, with service URL": asked({ paste: large, serviceUrl: URL }),
  }),
  "jose, payload",
);

console.log("\ngrowth: tokens in one paste, µs per call");
const pastes = (count) => Array.from({ length: count }, (_, n) => googleIdToken({ jti: `${n}` })).join("\n");
report(
  compare(9, 1, Object.fromEntries([1, 10, 100].map((count) => [`${count} tokens`, asked({ paste: pastes(count) })]))),
  "1 tokens",
);

console.log("\ngrowth: a log of so many bytes with one token, µs per call");
const line = "2026-11-18T09:06:40Z GET /v1/items 401 the request was refused by the service it went to\n";
const log = (bytes) => `${line.repeat(Math.ceil(bytes / line.length))}Authorization: Bearer ${token}\n`;
report(
  compare(5, 1, Object.fromEntries([1e3, 1e4, 1e5, 1e6, 1e7].map((bytes) => [`${bytes}`, asked({ paste: log(bytes) })]))),
  "1000",
);

console.log("\nlarge pastes, each in a fresh instance: ms, and MB of linear memory (for 5 MB at most 1000 and 256)");
for (const size of [5e6, 20e6]) {
  for (const [name, paste] of Object.entries(largePastes(size))) {
    const { time, megabytes } = await measure({ now: NOW, paste, serviceUrl: URL });
    console.log(`${`${size / 1e6} MB, ${name}`.padEnd(28)} ${time.toFixed(0).padStart(12)}  ${megabytes.toFixed(0).padStart(8)}`);
  }
}

/** A whole diagnosis, JSON in and JSON out. */
function asked(input) {
  const json = JSON.stringify({ now: NOW, ...input });
  return () => diagnose(json);
}

/** Median of `rounds` rounds of `calls` calls each, in µs per call, by name. */
function compare(rounds, calls, contestants) {
  const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = -2; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contestants)) {
      const start = process.hrtime.bigint();
      for (let call = 0; call < calls; call += 1) run();
      const time = Number(process.hrtime.bigint() - start) / 1000 / calls;
      // The first two rounds only warm up.
      if (round >= 0) times[name].push(time);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Prints the medians and their ratio to one of them. */
function report(medians, to) {
  for (const [name, time] of Object.entries(medians)) {
    console.log(`${name.padEnd(28)} ${time.toFixed(1).padStart(12)}  ${(time / medians[to]).toFixed(2).padStart(8)}×`);
  }
}

/** A token in Google's form, 889 bytes or so when nothing is added, signed with a key of the moment. */
function googleIdToken(more = {}) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const header = { alg: "RS256", kid: createHash("sha1").update("bench").digest("hex"), typ: "JWT" };
  const claims = {
    iss: "https://accounts.google.com",
    aud: URL,
    azp: "caller@bench.iam.gserviceaccount.com",
    email: "caller@bench.iam.gserviceaccount.com",
    email_verified: true,
    exp: NOW + 1800,
    google: { compute_engine: { instance_id: "123456789012345678901" } },
    iat: NOW - 1800,
    sub: "1122334455667788990012",
    ...more,
  };
  const input = `${part(header)}.${part(claims)}`;
  key ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  return `${input}.${sign("sha256", Buffer.from(input), key).toString("base64url")}`;
}
