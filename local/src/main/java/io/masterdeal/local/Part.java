package io.masterdeal.local;

/** One of the servers that {@link LocalInfrastructure} can run. */
public enum Part {
    /** The Kafka broker. */
    KAFKA("Kafka", "kafka"),
    /** The PostgreSQL server. */
    POSTGRESQL("PostgreSQL", "postgresql"),
    /** The Schema Registry; it keeps its schemas in PostgreSQL, so it needs that too. */
    REGISTRY("the Schema Registry", "registry");

    private final String title;
    private final String directory;

    Part(String title, String directory) {
        this.title = title;
        this.directory = directory;
    }

    /** The name for people, within a sentence. */
    public String title() {
        return title;
    }

    /** The name for people, at the beginning of a sentence. */
    String sentenceTitle() {
        return Character.toUpperCase(title.charAt(0)) + title.substring(1);
    }

    /** The name of its folder in the data directory, and the stem of its log and pid files. */
    String directory() {
        return directory;
    }
}
