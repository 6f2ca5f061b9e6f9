package io.masterdeal.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A document that is followed command by command: blocks marked {@code sh}, each with its output below. */
final class Walkthrough {

    private static final String FENCE = "```";

    private Walkthrough() {}

    /**
     * Commands, and their output in the document.
     *
     * @param line where the commands begin in the document, from 1
     * @param commands as they are copied and pasted
     * @param isJson whether what they print is JSON, whose line breaks are those of the document
     * @param printed what they print; empty if the document shows nothing
     */
    record Block(int line, String commands, boolean isJson, String printed) {}

    /**
     * The content below a heading.
     *
     * @param heading its text
     * @param blocks its commands, in order
     */
    record Step(String heading, List<Block> blocks) {}

    /** A fenced block of the document. */
    private record Fenced(String heading, String language, int line, String text) {}

    /** The steps of a document, without headings that have no commands. */
    static List<Step> steps(Path document) throws IOException {
        List<Step> steps = new ArrayList<>();
        List<Fenced> fenced = fenced(Files.readAllLines(document));
        for (int i = 0; i < fenced.size(); i++) {
            Fenced commands = fenced.get(i);
            if (!commands.language().equals("sh")) {
                continue;
            }
            if (steps.isEmpty() || !steps.getLast().heading().equals(commands.heading())) {
                steps.add(new Step(commands.heading(), new ArrayList<>()));
            }
            boolean tells = i + 1 < fenced.size()
                    && fenced.get(i + 1).heading().equals(commands.heading())
                    && !fenced.get(i + 1).language().equals("sh");
            steps.getLast()
                    .blocks()
                    .add(new Block(
                            commands.line(),
                            commands.text(),
                            tells && fenced.get(i + 1).language().equals("json"),
                            tells ? fenced.get(i + 1).text() : ""));
        }
        return steps;
    }

    private static List<Fenced> fenced(List<String> lines) {
        List<Fenced> blocks = new ArrayList<>();
        String heading = "";
        int begun = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (begun < 0 && line.startsWith("#")) {
                heading = line.replaceFirst("^#+ *", "");
            } else if (begun < 0 && line.startsWith(FENCE)) {
                begun = i;
            } else if (line.equals(FENCE)) {
                String language = lines.get(begun).substring(FENCE.length());
                blocks.add(new Fenced(heading, language, begun + 2, String.join("\n", lines.subList(begun + 1, i))));
                begun = -1;
            }
        }
        if (begun >= 0) {
            throw new AssertionError("the block that begins in line " + (begun + 1) + " has no end");
        }
        return blocks;
    }
}
