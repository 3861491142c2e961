use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

fn patience(deadline: u64, notice_after: u64) -> (Patience, Arc<AtomicUsize>) {
    let noticed = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&noticed);
    let patience = Patience {
        deadline: Duration::from_millis(deadline),
        notice_after: Duration::from_millis(notice_after),
        ..Patience::interactive(move || {
            counter.fetch_add(1, Ordering::SeqCst);
        })
    };
    (patience, noticed)
}

#[test]
fn quick_work_is_returned_without_a_notice() {
    let (patience, noticed) = patience(20_000, 20_000);
    assert_eq!(within(&patience, || Ok(7)).unwrap(), 7);
    let failed = within::<()>(&patience, || Err(Error::NoUserFolder));
    assert!(matches!(failed, Err(Error::NoUserFolder)));
    assert_eq!(noticed.load(Ordering::SeqCst), 0);
}

#[test]
fn slow_work_is_noticed_once_and_still_returned() {
    let (mut patience, _) = patience(20_000, 5);
    let (sender, receiver) = mpsc::channel();
    patience.on_wait = Some(Arc::new(move || sender.send(()).unwrap()));
    let outcome = within(&patience, move || Ok(receiver.recv().is_ok()));
    assert!(outcome.unwrap());
}

#[test]
fn work_that_never_ends_runs_out_of_time() {
    for notice_after in [5, 500] {
        let (patience, noticed) = patience(30, notice_after);
        let (_keep, never) = mpsc::channel::<()>();
        let outcome = within(&patience, move || Ok(never.recv().is_ok()));
        assert!(matches!(outcome, Err(Error::TimedOut { after }) if after == patience.deadline));
        assert_eq!(noticed.load(Ordering::SeqCst), 1);
    }
}

#[test]
fn work_that_panics_is_an_error() {
    let outcome = within::<()>(&Patience::default(), || panic!("on purpose"));
    assert!(matches!(outcome, Err(Error::Keyring { .. })));
}
