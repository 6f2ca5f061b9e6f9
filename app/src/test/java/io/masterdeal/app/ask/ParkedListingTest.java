package io.masterdeal.app.ask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.json.JsonMapper;

class ParkedListingTest {

    @Test
    void a_deal_is_shown_with_what_waits_since_when_and_why() {
        // given
        var deals = JsonMapper.shared().readTree("""
                [{"root":"crm:deal:D-1","reason":"RecordTooLargeException: larger than the\\u001b[31m topic takes","events":12,
                  "bytes":524288,"tries":3,"parked_at":"2026-03-02T09:00:00.000Z","due_at":"2026-03-02T09:15:00.000Z"}]""");

        // when
        var lines = ParkedListing.lines(new TerminalText(Ansi.OFF), deals);

        // then
        assertThat(lines)
                .containsExactly(
                        "DEAL          EVENTS  BYTES   SINCE                     TRIES  NEXT TRY                  WHY",
                        "crm:deal:D-1  12      524288  2026-03-02T09:00:00.000Z  3      2026-03-02T09:15:00.000Z"
                                + "  RecordTooLargeException: larger than the\uFFFD[31m topic takes");
    }
}
