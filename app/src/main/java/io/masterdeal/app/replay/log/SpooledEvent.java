package io.masterdeal.app.replay.log;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** An event as bytes, which take a tenth of the memory of its parts. */
final class SpooledEvent {

    private final String domain;
    private final byte[] json;
    private final String file;
    private final long position;

    private SpooledEvent(String domain, byte[] json, String file, long position) {
        this.domain = domain;
        this.json = json;
        this.file = file;
        this.position = position;
    }

    static SpooledEvent of(ReplayEvent event) {
        return new SpooledEvent(event.domain(), LosslessJson.bytes(event.cloudEvent()), event.file(), event.position());
    }

    ReplayEvent event() {
        return new ReplayEvent(domain, (ObjectNode) LosslessJson.parse(json), file, position);
    }

    static SpooledEvent read(DataInputStream in) throws IOException {
        // The names are few, and sharing their texts saves memory in a bucket.
        String domain = in.readUTF().intern();
        String file = in.readUTF().intern();
        long position = in.readLong();
        byte[] json = new byte[in.readInt()];
        in.readFully(json);
        return new SpooledEvent(domain, json, file, position);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(domain);
        out.writeUTF(file);
        out.writeLong(position);
        out.writeInt(json.length);
        out.write(json);
    }
}
