#ifndef PRECIS_CLOCK_SHIMS_H
#define PRECIS_CLOCK_SHIMS_H

/// A timerfd(2), which Swift does not import, that never expires but becomes readable when the wall clock is set, and when
/// the machine wakes from a sleep (TFD_TIMER_CANCEL_ON_SET); -1 with errno where the system has none.
int precis_clock_watch(void);

/// Takes what made it readable, and watches on. 0, or -1 with errno.
int precis_clock_watch_again(int descriptor);

#endif
