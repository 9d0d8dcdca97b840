use super::*;

#[test]
fn one_holds_it_and_the_next_gets_it_after() {
    let path = std::env::temp_dir().join(format!("gapmap-lock-{}", std::process::id()));
    let held = Lock::take(&path).unwrap();
    let me = std::process::id();
    assert!(matches!(Lock::take(&path), Err(LockFault::Held(Some(n))) if n == me));
    drop(held);
    assert!(cfg!(not(unix)) || !path.exists(), "nothing is left behind");
    drop(Lock::take(&path).unwrap());
    std::fs::create_dir(&path).unwrap();
    assert!(matches!(Lock::take(&path), Err(LockFault::Failed(_))));
    std::fs::remove_dir(&path).unwrap();
}

#[test]
fn of_many_that_ask_at_once_one_at_a_time_has_it() {
    let path = std::env::temp_dir().join(format!("gapmap-locks-{}", std::process::id()));
    let (inside, most, got) =
        (std::sync::atomic::AtomicUsize::new(0), std::sync::atomic::AtomicUsize::new(0), std::sync::atomic::AtomicUsize::new(0));
    let order = std::sync::atomic::Ordering::SeqCst;
    std::thread::scope(|s| {
        for _ in 0..8 {
            s.spawn(|| {
                for _ in 0..200 {
                    let Ok(lock) = Lock::take(&path) else { continue };
                    most.fetch_max(inside.fetch_add(1, order) + 1, order);
                    got.fetch_add(1, order);
                    std::thread::yield_now();
                    inside.fetch_sub(1, order);
                    drop(lock);
                }
            });
        }
    });
    assert_eq!(most.load(order), 1);
    assert!(got.load(order) > 10);
}
