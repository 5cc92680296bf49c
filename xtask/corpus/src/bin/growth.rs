//! How the time of a diagnosis grows with its input, for each family of inputs: the exponent, which
//! is 1 where twice the input takes twice the time, and the time that 64 KB take.

use corpus::growth::{FAMILIES, Family};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;
use why401::{diagnose, report};

/// From the shortest to the longest input, in bytes.
const SIZES: [usize; 4] = [32 << 10, 64 << 10, 128 << 10, 256 << 10];

/// The largest exponent that counts as linear: memory is slower for longer inputs.
const LINEAR: f64 = 1.15;

/// What 64 KB may take, in ms.
const ALLOWED: f64 = 50.0;

fn main() -> ExitCode {
    println!("\n{:34} {:>8} {:>10}", "family", "exponent", "64 KB, ms");
    let mut kept = true;
    for family in FAMILIES {
        let (times, exponent) = measured(family);
        let fits = fits(times, exponent);
        kept &= fits;
        println!(
            "{:34} {exponent:8.2} {:10.2}{}",
            family.name,
            times[1],
            if fits { "" } else { "  too much" }
        );
    }
    if kept {
        ExitCode::SUCCESS
    } else {
        println!("an exponent is over {LINEAR}, or 64 KB take more than {ALLOWED} ms");
        ExitCode::FAILURE
    }
}

/// The times in ms, and the exponent. Of each size the shortest of some rounds, for what else the
/// machine does only adds to it; of a family that seems too slow, of more rounds.
fn measured(family: &Family) -> ([f64; SIZES.len()], f64) {
    const ROUNDS: [usize; 2] = [7, 50];
    let inputs = SIZES.map(|bytes| family.of(bytes));
    let mut times = [f64::INFINITY; SIZES.len()];
    for round in 1..=ROUNDS[1] {
        for (time, input) in times.iter_mut().zip(&inputs) {
            let start = Instant::now();
            black_box(report::to_json(&diagnose(black_box(input))));
            *time = time.min(start.elapsed().as_secs_f64() * 1e3);
        }
        if round >= ROUNDS[0] && fits(times, slope(times)) {
            break;
        }
    }
    (times, slope(times))
}

fn fits(times: [f64; SIZES.len()], exponent: f64) -> bool {
    exponent <= LINEAR && times[1] <= ALLOWED
}

/// The slope of the line through the times, both axes in doublings (least squares).
fn slope(times: [f64; SIZES.len()]) -> f64 {
    let middle = (times.len() as f64 - 1.0) / 2.0;
    let mean = times.iter().map(|time| time.log2()).sum::<f64>() / times.len() as f64;
    let (mut over, mut under) = (0.0, 0.0);
    for (at, time) in times.iter().enumerate() {
        let x = at as f64 - middle;
        over += x * (time.log2() - mean);
        under += x * x;
    }
    over / under
}
