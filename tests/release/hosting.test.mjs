// Serves dist/ with the configurations of hosting/ and reads what a browser would get.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DIST = join(ROOT, "dist");

/** What a policy in the page cannot carry, and every answer must. */
const HEADERS = {
  "content-security-policy": "frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-cache",
  "permissions-policy":
    "camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), geolocation=(), microphone=(), usb=()",
};

const SERVERS = [
  { name: "nginx", program: process.env.WHY401_NGINX, start: startNginx },
  { name: "Caddy", program: process.env.WHY401_CADDY, start: startCaddy },
];

for (const { name, program, start } of SERVERS) {
  const skip = program ? false : `${name} is not here and could not be fetched`;
  test(`${name} serves the built bytes with the headers`, { skip }, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "why401-hosting-"));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const port = await freePort();
    const child = spawn(program, await start(folder, port), {
      stdio: ["ignore", "inherit", "pipe"],
      // Caddy keeps its state below here.
      env: { HOME: folder },
    });
    let log = "";
    child.stderr.on("data", (text) => (log += text));
    t.after(() => stop(child));
    await answering(port, child).catch((error) => assert.fail(`${error.message}: ${log}`));

    const page = await readFile(join(DIST, "why401.html"));
    const element = await readFile(join(DIST, "why-401.js"));
    for (const [path, body, type] of [
      ["/", page, "text/html; charset=utf-8"],
      ["/why401.html", page, "text/html; charset=utf-8"],
      ["/why-401.js", element, "text/javascript; charset=utf-8"],
    ]) {
      const plain = await ask(port, path);
      assert.equal(plain.status, 200, path);
      assert.equal(plain.headers["content-type"].toLowerCase(), type, path);
      assert.ok(plain.body.equals(body), `${path} has other bytes than the build`);
      assertHeaders(plain, path);
      const packed = await ask(port, path, { "accept-encoding": "gzip" });
      assert.equal(packed.headers["content-encoding"], "gzip", path);
      assert.ok(gunzipSync(packed.body).equals(body), `${path} has other bytes than the build, packed`);
      assertHeaders(packed, `${path}, packed`);
    }
    for (const path of ["/SHA256SUMS", "/npm/package.json", "/..%2fCargo.toml", "/nothing"]) {
      const answer = await ask(port, path);
      assert.ok([400, 404].includes(answer.status), `${path} answers ${answer.status}`);
    }
    assertHeaders(await ask(port, "/nothing"), "/nothing");
  });
}

test("both configurations offer the line that lets docs frame the page", async () => {
  for (const name of ["nginx.conf", "Caddyfile"]) {
    const text = await readFile(join(ROOT, "hosting", name), "utf8");
    assert.match(text, /# *(add_header )?Content-Security-Policy "frame-ancestors https:\/\/docs\.example\.com"/, name);
  }
});

function assertHeaders(answer, where) {
  for (const [name, value] of Object.entries(HEADERS)) {
    assert.equal(answer.headers[name], value, `${name} of ${where}`);
  }
}

/** The program's arguments; only the port and the folder differ from what the repository holds. */
async function startNginx(folder, port) {
  const server = await configuration("nginx.conf", {
    "listen 80;": `listen 127.0.0.1:${port};`,
    "root /srv/why401;": `root ${DIST};`,
  });
  const file = join(folder, "nginx.conf");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  // As root, the workers would be nobody, who may not enter every checkout.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  await writeFile(
    file,
    `${user} daemon off; pid ${folder}/pid; error_log stderr; events {} http { ${temporary.join(" ")} ${server} }`,
  );
  return ["-e", "stderr", "-c", file];
}

async function startCaddy(folder, port) {
  const site = await configuration("Caddyfile", {
    "why401.example.com {": `http://127.0.0.1:${port} {`,
    "root * /srv/why401": `root * ${DIST}`,
  });
  const file = join(folder, "Caddyfile");
  await writeFile(file, `{\n\tadmin off\n}\n${site}`);
  return ["run", "--adapter", "caddyfile", "--config", file];
}

/** A file of hosting/ with each of these lines, which must stand in it once, replaced. */
async function configuration(name, replaced) {
  let text = await readFile(join(ROOT, "hosting", name), "utf8");
  for (const [from, to] of Object.entries(replaced)) {
    assert.equal(text.split(from).length, 2, `${name} holds ${from} once`);
    text = text.replace(from, to);
  }
  return text;
}

function ask(port, path, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = get({ host: "127.0.0.1", port, path, headers, agent: false }, async (response) => {
      const parts = [];
      for await (const part of response) parts.push(part);
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) });
    });
    request.on("error", reject);
  });
}

async function answering(port, child) {
  for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
    try {
      return await ask(port, "/");
    } catch {
      await new Promise((later) => setTimeout(later, 100));
    }
  }
  throw new Error("the server does not answer");
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function stop(child) {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  return ended;
}
