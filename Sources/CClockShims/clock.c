#include "CClockShims.h"

#include <limits.h>
#include <stdint.h>
#include <sys/timerfd.h>
#include <unistd.h>

int precis_clock_watch_again(int descriptor) {
  uint64_t expirations;
  // It says ECANCELED where the clock was set, EAGAIN at first; setting the timer takes either away.
  (void)!read(descriptor, &expirations, sizeof expirations);
  struct itimerspec never = {.it_value = {.tv_sec = LONG_MAX}};
  return timerfd_settime(descriptor, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, 0);
}

int precis_clock_watch(void) {
  int descriptor = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (descriptor >= 0 && precis_clock_watch_again(descriptor) != 0) {
    close(descriptor);
    return -1;
  }
  return descriptor;
}
