"""Serves ACM PCA on a loopback port, for as long as standard input stays open.

The local AWS has no ACM PCA; this one (moto's) keeps its private CAs in memory, and they end with it. Standard input
begins with one line of JSON, which says nothing. When it ends, by whatever death of its writer, this process ends.

Standard output is one line of JSON: {"ready": {"endpoint": "…"}} or {"failed": "…"}.
"""

import json
import logging
import os
import signal
import sys
import threading


def tell(**line):
    print(json.dumps(line), flush=True)


def end_with_standard_input():
    while sys.stdin.read(4096):
        pass
    os._exit(0)


def serve():
    # What moto's requests are signed with is not checked, and it is to look for no account of this machine's.
    for name in list(os.environ):
        if name.startswith(("AWS_", "MOTO_")) or name.lower().endswith("_proxy"):
            del os.environ[name]
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    from moto.moto_server.werkzeug_app import MotoRequestHandler, create_backend_app
    from werkzeug.serving import make_server

    # Else each request is a line at the terminal.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    application = create_backend_app("acm-pca")
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=MotoRequestHandler)
    tell(ready={"endpoint": f"http://127.0.0.1:{server.server_port}"})
    server.serve_forever()


def main():
    sys.stdin.readline()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: os._exit(1))
    threading.Thread(target=end_with_standard_input, daemon=True).start()
    try:
        serve()
    except Exception as error:  # whatever it is, the person at the terminal needs its words
        tell(failed=f"{type(error).__name__}: {error}")
    os._exit(1)


if __name__ == "__main__":
    main()
