#!/bin/sh
# Starts one function under AWS's runtime client, with its layers at /opt.
#
# LOCAL_UNSHARE  options of unshare(1); unset where the layers are not to be mounted
# LOCAL_LAYERS   folder with the content of /opt
# LOCAL_KEEP     folders of this machine's /opt that stay visible beside the layers
# LOCAL_PYTHON   the functions' interpreter
set -e
if [ "$1" != mounted ] && [ -n "$LOCAL_UNSHARE" ]; then
    exec unshare "$LOCAL_UNSHARE" --propagation private "$0" mounted
fi
if [ "$1" = mounted ]; then
    for name in $LOCAL_KEEP; do
        mkdir -p "$LOCAL_LAYERS/$name"
        mount --rbind "/opt/$name" "$LOCAL_LAYERS/$name"
    done
    mount --rbind "$LOCAL_LAYERS" /opt
    # Layers are read-only at AWS; some kernels let only the first namespace say so.
    mount -o remount,bind,ro /opt 2>/dev/null || true
fi
python=$LOCAL_PYTHON
unset LOCAL_UNSHARE LOCAL_LAYERS LOCAL_KEEP LOCAL_PYTHON
exec "$python" -m awslambdaric "$_HANDLER"
