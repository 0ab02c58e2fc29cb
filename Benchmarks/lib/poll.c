// The yardstick of Benchmarks/poll: what libcurl allows on one thread, tuned for many hosts; nothing is parsed or stored.
//
//   poll PATTERN COUNT AT_ONCE [HEADER]      PATTERN holds one %d, the number of the feed; CA_BUNDLE names a file
//
// No cache of names and no kept connection (libcurl 7.88 looks through both at each transfer's end, which is quadratic
// in the hosts), and no CA directory, so that the parsed bundle is used again for every handshake.
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>

static int sockets;
static long wait_ms = -1;
static CURLM *multi;

static size_t discard(char *data, size_t size, size_t count, void *context) { return size * count; }

static int watch(CURL *easy, curl_socket_t socket, int what, void *context, void *known) {
  struct epoll_event event = {.data.fd = socket};
  if (what == CURL_POLL_REMOVE) return epoll_ctl(sockets, EPOLL_CTL_DEL, socket, NULL), 0;
  event.events = (what & CURL_POLL_IN ? EPOLLIN : 0) | (what & CURL_POLL_OUT ? EPOLLOUT : 0);
  epoll_ctl(sockets, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event);
  if (!known) curl_multi_assign(multi, socket, &sockets);
  return 0;
}

static int schedule(CURLM *m, long milliseconds, void *context) { return wait_ms = milliseconds, 0; }

static void begin(CURL *easy, const char *pattern, int number) {
  char url[1024];
  snprintf(url, sizeof url, pattern, number);
  curl_easy_setopt(easy, CURLOPT_URL, url);
  curl_multi_add_handle(multi, easy);
}

int main(int argc, char **argv) {
  if (argc < 4) return 64;
  const int count = atoi(argv[2]), at_once = atoi(argv[3]);
  int next = 0, done = 0, failed = 0, running = 0, left = 0;
  struct curl_slist *headers = argc > 4 ? curl_slist_append(NULL, argv[4]) : NULL;
  curl_global_init(CURL_GLOBAL_ALL);
  multi = curl_multi_init();
  sockets = epoll_create1(0);
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, watch);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, schedule);
  for (; next < count && next < at_once; next++) {
    CURL *easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, discard);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "yardstick/1");
    curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    if (getenv("CA_BUNDLE")) curl_easy_setopt(easy, CURLOPT_CAINFO, getenv("CA_BUNDLE"));
    begin(easy, argv[1], next);
  }
  while (done < count) {
    struct epoll_event events[256];
    const int ready = epoll_wait(sockets, events, 256, wait_ms < 0 ? 1000 : (int)wait_ms);
    if (ready <= 0) curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
    for (int i = 0; i < ready; i++) {
      const int what = (events[i].events & EPOLLIN ? CURL_CSELECT_IN : 0) |
                       (events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
                       (events[i].events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
      curl_multi_socket_action(multi, events[i].data.fd, what, &running);
    }
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left));) {
      CURL *easy = message->easy_handle;
      long status = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
      failed += message->data.result != CURLE_OK || (status != 200 && status != 304);
      curl_multi_remove_handle(multi, easy);
      done++;
      if (next < count) begin(easy, argv[1], next++); else curl_easy_cleanup(easy);
    }
  }
  if (failed) fprintf(stderr, "%d of %d failed\n", failed, count);
  return failed != 0;
}
