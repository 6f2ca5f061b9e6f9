package io.masterdeal.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    private static final Words WORDS = Words.load();

    @Test
    void both_languages_have_the_same_words() {
        assertThat(keys(Language.RU)).isEqualTo(keys(Language.EN)).isNotEmpty();
    }

    /** A text that depends on a number has other forms in each language, so only its name counts. */
    private static Set<String> keys(Language language) {
        return WORDS.keys(language).stream()
                .map(key -> key.replaceAll("\\.(one|few|many|other)$", ".*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void a_text_that_depends_on_a_number_has_all_forms_of_its_language() {
        assertThat(missing(Language.EN, "one", "other")).isEmpty();
        assertThat(missing(Language.RU, "one", "few", "many")).isEmpty();
    }

    private static Set<String> missing(Language language, String... forms) {
        Set<String> missing = new TreeSet<>();
        for (String key : keys(language)) {
            if (key.endsWith(".*")) {
                for (String form : forms) {
                    String full = key.substring(0, key.length() - 1) + form;
                    if (!WORDS.has(language, full)) {
                        missing.add(full);
                    }
                }
            }
        }
        return missing;
    }

    @ParameterizedTest
    @CsvSource({
        "RU,1,one",
        "RU,2,few",
        "RU,5,many",
        "RU,11,many",
        "RU,12,many",
        "RU,21,one",
        "RU,22,few",
        "RU,0,many",
        "RU,111,many",
        "RU,101,one",
        "EN,1,one",
        "EN,0,other",
        "EN,21,other"
    })
    void numbers_choose_their_form(Language language, long number, String form) {
        assertThat(Words.form(language, number)).isEqualTo(form);
    }
}
