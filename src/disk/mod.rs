//! Files and folders on a disk that may be full, be cut from its power, or be written by two runs at once.
//!
//! Whatever is written is written beside its place, handed to the disk, and put in place in one step: who looks finds what was there
//! before or what is there now, whole.

mod folder;
mod lock;
mod private_file;
mod seen;

pub use folder::{beside, put_file, recover, remove, sync_folder, take_place, write_files};
pub use lock::{Lock, LockFault};
pub use private_file::write_private;
pub use seen::Seen;
