"""Bad neighbours for Benchmarks/poll: neighbours.py PORTS_FILE serves on three free ports of loopback, one server that
never answers, one that sends a byte a second, one that sends without end, and writes the ports."""
import os, socket, sys, threading, time

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n"

def hang(connection):
    while connection.recv(4096): pass

def trickle(connection):
    connection.sendall(HEAD)
    while True: connection.sendall(b" "); time.sleep(1)

def flood(connection):
    connection.sendall(HEAD)
    block = b"<rss version='2.0'>" + b"<!-- -->" * 8000
    while True: connection.sendall(block)

def serve(listener, behave):
    def one(connection):
        try: behave(connection)
        except OSError: pass
        connection.close()
    while True: threading.Thread(target=one, args=(listener.accept()[0],), daemon=True).start()

ports = []
for behave in (hang, trickle, flood):
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    ports.append(str(listener.getsockname()[1]))
    threading.Thread(target=serve, args=(listener, behave), daemon=True).start()
with open(sys.argv[1] + ".tmp", "w") as file: file.write(" ".join(ports) + "\n")
os.rename(sys.argv[1] + ".tmp", sys.argv[1])
threading.Event().wait()
