package io.masterdeal.role.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

class WalMessageTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private final DataOutputStream message = new DataOutputStream(bytes);

    @Test
    void reads_when_a_transaction_was_committed() throws IOException {
        // given
        message.writeByte('B');
        message.writeLong(7);
        message.writeLong(1_000_000L * 3600 + 999);
        message.writeInt(4711);

        // then: an hour after the beginning of 2000
        assertThat(read())
                .isEqualTo(new WalMessage.TransactionStart(
                        Instant.parse("2000-01-01T01:00:00Z").toEpochMilli()));
    }

    @Test
    void a_message_keeps_its_prefix_and_its_content() throws IOException {
        // given
        message.write("M\1".getBytes(StandardCharsets.UTF_8));
        message.writeLong(0x16B3748);
        text("masterdeal.service");
        message.writeInt(2);
        message.write(new byte[] {0, 7});

        // when
        WalMessage.Content read = read(WalMessage.Content.class);

        // then
        assertThat(read.transactional()).isTrue();
        assertThat(read.lsn()).isEqualTo(LogSequenceNumber.valueOf("0/16B3748"));
        assertThat(read.prefix()).isEqualTo("masterdeal.service");
        assertThat(read.content().array()).containsExactly(0, 7);
    }

    @Test
    void a_commit_says_where_it_ends() throws IOException {
        // given
        message.write("C\0".getBytes(StandardCharsets.UTF_8));
        message.writeLong(1);
        message.writeLong(2);
        message.writeLong(3);

        // then
        assertThat(read()).isEqualTo(new WalMessage.Commit(LogSequenceNumber.valueOf(2)));
    }

    @Test
    void a_relation_names_schema_table_and_columns() throws IOException {
        // given
        message.writeByte('R');
        message.writeInt(16_400);
        text("service");
        text("facts");
        message.writeByte('d');
        message.writeShort(2);
        for (String column : List.of("id", "größe")) {
            message.writeByte(1);
            text(column);
            message.writeInt(25);
            message.writeInt(-1);
        }

        // then
        assertThat(read()).isEqualTo(new WalMessage.Relation(16_400, "service", "facts", List.of("id", "größe")));
    }

    @Test
    void an_insert_has_values_and_nulls() throws IOException {
        // given
        message.writeByte('I');
        message.writeInt(16_400);
        message.writeByte('N');
        row("a", null);

        // when
        WalMessage.Insert read = read(WalMessage.Insert.class);

        // then
        assertThat(read.relation()).isEqualTo(16_400);
        assertThat(read.row()).containsExactly("a".getBytes(StandardCharsets.UTF_8), null);
    }

    @Test
    void an_update_has_the_old_key_if_it_changed_and_marks_what_is_not_in_the_log() throws IOException {
        // given
        message.writeByte('U');
        message.writeInt(16_400);
        message.writeByte('K');
        row("a", null);
        message.writeByte('N');
        message.writeShort(2);
        message.write(new byte[] {'n', 'u'});

        // when
        WalMessage.Update read = read(WalMessage.Update.class);

        // then
        assertThat(read.oldKey()).containsExactly("a".getBytes(StandardCharsets.UTF_8), null);
        assertThat(read.row().getFirst()).isNull();
        assertThat(read.row().getLast()).isSameAs(WalMessage.UNCHANGED);
    }

    @Test
    void an_update_that_keeps_the_key_has_no_old_one() throws IOException {
        // given
        message.writeByte('U');
        message.writeInt(16_400);
        message.writeByte('N');
        row("a", "b");

        // then
        assertThat(read(WalMessage.Update.class).oldKey()).isNull();
    }

    @Test
    void a_delete_has_the_key_and_a_truncate_all_its_tables() throws IOException {
        // given
        message.writeByte('D');
        message.writeInt(16_400);
        message.writeByte('K');
        row("a", null);

        // then
        assertThat(read(WalMessage.Delete.class).key()).containsExactly("a".getBytes(StandardCharsets.UTF_8), null);

        // given
        bytes.reset();
        message.writeByte('T');
        message.writeInt(2);
        message.writeByte(0);
        message.writeInt(16_400);
        message.writeInt(16_401);

        // then
        assertThat(read()).isEqualTo(new WalMessage.Truncate(List.of(16_400, 16_401)));
    }

    @Test
    void what_carries_nothing_to_read_is_null() throws IOException {
        // given
        message.writeByte('Y');

        // then
        assertThat(read()).isNull();
    }

    private void text(String text) throws IOException {
        message.write(text.getBytes(StandardCharsets.UTF_8));
        message.writeByte(0);
    }

    private void row(@Nullable String... values) throws IOException {
        message.writeShort(values.length);
        for (String value : values) {
            if (value == null) {
                message.writeByte('n');
            } else {
                message.writeByte('t');
                message.writeInt(value.length());
                message.writeBytes(value);
            }
        }
    }

    private <T extends WalMessage> T read(Class<T> kind) {
        return kind.cast(Objects.requireNonNull(read()));
    }

    private @Nullable WalMessage read() {
        return WalMessage.read(ByteBuffer.wrap(bytes.toByteArray()));
    }
}
