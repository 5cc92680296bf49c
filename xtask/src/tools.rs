//! What the tasks need besides cargo: installed where that can be done, else asked for in a sentence.

use crate::run::{cargo, find, read, root, run, step};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target the page is compiled for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that the toolchain can compile for [`WASM`].
pub(crate) fn wasm_target() -> Result<()> {
    if sysroot()?.join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    step("installing the wasm target");
    run(Command::new("rustup")
        .current_dir(root())
        .args(["target", "add", WASM]))
    .with_context(|| format!("install the standard library for {WASM} and start again"))
}

/// Where the toolchain lives.
pub(crate) fn sysroot() -> Result<PathBuf> {
    let printed = read(
        Command::new("rustc")
            .current_dir(root())
            .args(["--print", "sysroot"]),
    )?;
    Ok(PathBuf::from(printed.trim()))
}

/// Installs the npm packages that `dir`'s lock file names, unless they are there.
pub(crate) fn npm_packages(dir: &Path) -> Result<()> {
    let written = |path: &str| {
        dir.join(path)
            .metadata()
            .and_then(|meta| meta.modified())
            .ok()
    };
    let installed = written("node_modules/.package-lock.json");
    if installed.is_some() && installed >= written("package-lock.json") {
        return Ok(());
    }
    step(&format!("npm ci in {}", dir.display()));
    let npm = find(&["npm"]).context("npm is needed: install Node.js 20 or later")?;
    run(Command::new(npm).current_dir(dir).args([
        "ci",
        // No package's program runs for having been installed.
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]))
}

/// Chromium and its driver.
pub(crate) struct Chromium {
    /// The browser.
    pub(crate) browser: PathBuf,
    /// Its WebDriver server.
    pub(crate) driver: PathBuf,
}

/// Finds Chromium and its driver, installing them first where apt-get can.
pub(crate) fn chromium() -> Result<Chromium> {
    if let Some(found) = installed_chromium() {
        return Ok(found);
    }
    // The fonts are those of the pictures in tests/e2e/screens.
    let packages = [
        "chromium",
        "chromium-driver",
        "fonts-dejavu-core",
        "fonts-liberation",
    ];
    if !apt_install(&packages)? {
        bail!(
            "the browser tests need Chromium and chromedriver on the PATH: install both and start again"
        );
    }
    installed_chromium().context("apt-get installed Chromium, yet it is not on the PATH")
}

fn installed_chromium() -> Option<Chromium> {
    Some(Chromium {
        browser: find(&["chromium", "chromium-browser", "google-chrome"])?,
        driver: find(&["chromedriver"])?,
    })
}

/// Finds Firefox, installing it first where apt-get can.
pub(crate) fn firefox() -> Result<PathBuf> {
    let installed = || find(&["firefox-esr", "firefox"]);
    if let Some(found) = installed() {
        return Ok(found);
    }
    if !apt_install(&["firefox-esr"])? {
        bail!("the browser tests need Firefox on the PATH: install it and start again");
    }
    installed().context("apt-get installed Firefox, yet it is not on the PATH")
}

/// Installs the shells that printed commands are tried in, where they are not there. The tests
/// run in those that are.
pub(crate) fn shells() -> Result<()> {
    let mut missing = vec!["dash", "zsh", "busybox", "fish"];
    missing.retain(|shell| find(&[shell]).is_none());
    if !missing.is_empty() && !apt_install(&missing)? {
        step(&format!("commands are not tried in {}", missing.join(", ")));
    }
    Ok(())
}

/// Installs Debian packages; `false` where that cannot be done without asking for a password.
fn apt_install(packages: &[&str]) -> Result<bool> {
    let Some(apt) = find(&["apt-get"]) else {
        return Ok(false);
    };
    let root_user = read(Command::new("id").arg("-u"))?.trim() == "0";
    let sudo_works = || {
        let tried = Command::new("sudo").args(["-n", "true"]).output();
        tried.is_ok_and(|output| output.status.success())
    };
    if !root_user && !sudo_works() {
        return Ok(false);
    }
    step(&format!("apt-get install {}", packages.join(" ")));
    let apt_get = |args: &[&str]| {
        let mut command = if root_user {
            Command::new(&apt)
        } else {
            let mut sudo = Command::new("sudo");
            sudo.args(["-n", "--preserve-env=DEBIAN_FRONTEND"])
                .arg(&apt);
            sudo
        };
        run(command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .arg("-qq")
            .args(args))
    };
    apt_get(&["update"])?;
    apt_get(&[&["install", "-y", "--no-install-recommends"], packages].concat())?;
    Ok(true)
}

/// A program of a crate at this version, compiled once into target/tools.
pub(crate) fn cargo_tool(name: &str, version: &str) -> Result<PathBuf> {
    let folder = tools_folder().join(format!("{name}-{version}"));
    let program = folder.join("bin").join(name);
    if !program.is_file() {
        step(&format!("compiling {name} {version}, once"));
        run(cargo(&root())
            .args(["install", "--quiet", "--locked", "--version", version])
            .arg("--root")
            .arg(&folder)
            .arg(name))?;
    }
    Ok(program)
}

/// A program of a PyPI package at this version, in an environment of its own.
pub(crate) fn python_tool(name: &str, version: &str) -> Result<PathBuf> {
    let folder = tools_folder().join(format!("{name}-{version}"));
    let program = folder.join("bin").join(name);
    if !program.is_file() {
        step(&format!("installing {name} {version}"));
        let python = find(&["python3"]).context("python3 is not here")?;
        run(Command::new(python).args(["-m", "venv"]).arg(&folder))?;
        run(Command::new(folder.join("bin/pip"))
            .args(["install", "--quiet", "--disable-pip-version-check"])
            .arg(format!("{name}=={version}")))?;
    }
    Ok(program)
}

/// A Python environment with the packages of a requirements file; installed anew when that changes.
pub(crate) fn python_environment(name: &str, requirements: &Path) -> Result<PathBuf> {
    let folder = tools_folder().join(name);
    let (wanted, noted) = (
        std::fs::read(requirements)?,
        folder.join("requirements.txt"),
    );
    if std::fs::read(&noted).ok().as_ref() != Some(&wanted) {
        step(&format!("installing {name} from PyPI"));
        let python = find(&["python3"]).context("python3 with its module venv is needed")?;
        run(Command::new(python)
            .args(["-m", "venv", "--clear"])
            .arg(&folder))?;
        run(Command::new(folder.join("bin/pip"))
            .args(["install", "--quiet", "--disable-pip-version-check", "-r"])
            .arg(requirements))
        .context("PyPI cannot be reached, or lacks a release")?;
        std::fs::write(&noted, &wanted)?;
    }
    Ok(folder)
}

/// A program of a Debian package: the system's, or unpacked below target/tools. Never installed,
/// because installing a server starts it.
pub(crate) fn debian_program(package: &str, path: &str) -> Result<PathBuf> {
    let system = Path::new("/").join(path);
    if system.is_file() {
        return Ok(system);
    }
    let folder = tools_folder().join(package);
    let program = folder.join(path);
    if !program.is_file() {
        let apt = find(&["apt-get"]).context("only apt-get is known to fetch it")?;
        step(&format!("unpacking {package}"));
        std::fs::create_dir_all(&folder)?;
        run(Command::new(apt)
            .current_dir(&folder)
            .args(["-qq", "download", package]))?;
        for entry in std::fs::read_dir(&folder)? {
            let archive = entry?.path();
            if archive.extension().is_some_and(|ending| ending == "deb") {
                run(Command::new("dpkg").arg("-x").arg(&archive).arg(&folder))?;
            }
        }
    }
    Ok(program)
}

fn tools_folder() -> PathBuf {
    root().join("target/tools")
}
