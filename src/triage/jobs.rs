//! Records read by one thread or by several, given back in their order.

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::cut::{Cutter, Record};
use super::entry::{self, Seen};

/// A batch holds no more records, and hardly more bytes.
const RECORDS: usize = 256;
const BYTES: usize = 256 * 1024;
/// So many batches wait before and behind each thread.
const WAITING: usize = 1;

/// Records, understood.
pub(super) struct Batch {
    pub(super) seen: Vec<Seen>,
    /// So many bytes of the source were read for it and those before it.
    pub(super) read: u64,
}

/// Reads a source to its end and gives every batch to `take`, in order. What could not be read is
/// the inner error; the outer one is `take`'s.
pub(super) fn read<R: Read + Send>(
    mut cutter: Cutter<R>,
    jobs: usize,
    stop: &AtomicBool,
    take: &mut dyn FnMut(Batch) -> io::Result<()>,
) -> io::Result<io::Result<()>> {
    if jobs > 1 {
        return by_threads(cutter, jobs, stop, take);
    }
    loop {
        let (records, end) = next(&mut cutter, stop);
        if !records.is_empty() {
            take(understood(records, cutter.read))?;
        }
        if let Some(end) = end {
            return Ok(end);
        }
    }
}

/// The next records; at the end, how it ended.
fn next<R: Read>(
    cutter: &mut Cutter<R>,
    stop: &AtomicBool,
) -> (Vec<Record>, Option<io::Result<()>>) {
    let mut records = Vec::new();
    let mut bytes = 0_usize;
    while records.len() < RECORDS && bytes < BYTES {
        if stop.load(Ordering::Relaxed) {
            return (records, Some(Ok(())));
        }
        match cutter.next() {
            Ok(Some(record)) => {
                bytes = bytes.saturating_add(record.bytes.len());
                records.push(record);
            }
            Ok(None) => return (records, Some(Ok(()))),
            Err(error) => return (records, Some(Err(error))),
        }
    }
    (records, None)
}

fn understood(records: Vec<Record>, read: u64) -> Batch {
    let mut seen = Vec::with_capacity(records.len());
    for record in records {
        entry::read(record, &mut seen);
    }
    Batch { seen, read }
}

/// One thread cuts, `jobs` understand, and this one takes: batch n is the one of thread n modulo
/// `jobs`, so that their order is known.
fn by_threads<R: Read + Send>(
    mut cutter: Cutter<R>,
    jobs: usize,
    stop: &AtomicBool,
    take: &mut dyn FnMut(Batch) -> io::Result<()>,
) -> io::Result<io::Result<()>> {
    thread::scope(|scope| {
        let mut inputs: Vec<SyncSender<(Vec<Record>, u64)>> = Vec::new();
        let mut outputs: Vec<Receiver<Batch>> = Vec::new();
        for _ in 0..jobs {
            let (send, receive) = sync_channel::<(Vec<Record>, u64)>(WAITING);
            let (give, given) = sync_channel(WAITING);
            inputs.push(send);
            outputs.push(given);
            scope.spawn(move || {
                for (records, read) in receive {
                    if give.send(understood(records, read)).is_err() {
                        break;
                    }
                }
            });
        }
        let cutting = scope.spawn(move || {
            for input in inputs.iter().cycle() {
                let (records, end) = next(&mut cutter, stop);
                // Nobody takes any more: the answer cannot be written.
                if input.send((records, cutter.read)).is_err() {
                    return Ok(());
                }
                if let Some(end) = end {
                    return end;
                }
            }
            Ok(())
        });
        let mut taken = Ok(());
        for output in outputs.iter().cycle() {
            let Ok(batch) = output.recv() else { break };
            taken = take(batch);
            if taken.is_err() {
                break;
            }
        }
        drop(outputs);
        let read = cutting
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("a thread stopped")));
        taken.map(|()| read)
    })
}
