#include <curl/curl.h>
// Not in Swift's Glibc module.
#include <malloc.h>
#include <sys/epoll.h>
