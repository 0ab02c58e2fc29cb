#include <curl/curl.h>
// epoll is not in Swift's Glibc module.
#include <sys/epoll.h>
