package io.masterdeal.benchmarks.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A column of a recorded table.
 *
 * @param name its name
 * @param type its type, as {@code format_type} names it
 * @param isKey whether it belongs to the primary key
 * @param isStamp whether PostgreSQL fills it with the time of the transaction by itself
 * @param isConstant whether it has the same value in every row of the recording
 * @param constant that value as PostgreSQL's text; null if it is null, or differs
 */
record RecordedColumn(
        String name,
        String type,
        boolean isKey,
        boolean isStamp,
        boolean isConstant,
        @Nullable String constant) {

    ValueForm form() {
        return ValueForm.of(type);
    }

    /** Whether its values are sent, one per row. */
    boolean isSent() {
        return isKey || (!isStamp && !isConstant);
    }

    RecordedColumn withConstant(@Nullable String value) {
        return new RecordedColumn(name, type, isKey, isStamp, true, value);
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(name);
        out.writeUTF(type);
        out.writeBoolean(isKey);
        out.writeBoolean(isStamp);
        out.writeBoolean(isConstant);
        out.writeBoolean(constant != null);
        if (constant != null) {
            out.writeUTF(constant);
        }
    }

    static RecordedColumn read(DataInput in) throws IOException {
        return new RecordedColumn(
                in.readUTF(),
                in.readUTF(),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean() ? in.readUTF() : null);
    }
}
