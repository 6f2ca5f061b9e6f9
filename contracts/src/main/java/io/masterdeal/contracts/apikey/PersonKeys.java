package io.masterdeal.contracts.apikey;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of named persons, in the folder {@value #FOLDER} of the directory of the API keys: for each person {@code ID.key} and {@code
 * ID.properties} with the right and the name. They are keys for the console alone: {@link ApiKeys#load} does not look into the folder, so
 * no other role knows them.
 */
public final class PersonKeys {
    /** The folder below the directory of the API keys. */
    public static final String FOLDER = "people";

    /** What a person may be allowed, least first. */
    public static final List<String> RIGHTS = List.of("viewer", "operator", "admin");

    /** The most characters of a name. */
    public static final int LONGEST_NAME = 100;

    private static final String ABOUT = ".properties";

    private PersonKeys() {}

    /**
     * A person with a key.
     *
     * @param id names the files
     * @param name as shown to people
     * @param right one of {@link #RIGHTS}
     * @param hash of the key: see {@link ApiKeys#hash}
     */
    public record Holder(String id, String name, String right, String hash) {}

    /**
     * The keys that can be used, and why others cannot.
     *
     * @param holders sorted by id
     * @param faults a sentence for each file that is not as it has to be; no key is in them
     */
    public record Found(List<Holder> holders, List<String> faults) {}

    /**
     * Makes a key for a person.
     *
     * @param directory of the API keys
     * @param id lower-case letters, digits and hyphens, a letter first
     * @param name as shown to people
     * @param right one of {@link #RIGHTS}
     * @return the file with the key, which only its owner can read
     * @throws IllegalArgumentException if the id, the name or the right is invalid
     * @throws ApiKeyException if this person has a key already, or a file cannot be written
     */
    public static Path create(Path directory, String id, String name, String right) {
        ApiKeys.checkName(id);
        checkName(name);
        if (!RIGHTS.contains(right)) {
            throw new IllegalArgumentException("'" + right + "' is no right; there are: " + String.join(", ", RIGHTS));
        }
        KeyFiles.create(directory);
        Path folder = directory.resolve(FOLDER);
        KeyFiles.create(folder);
        Path key = folder.resolve(id + KeyFiles.SUFFIX);
        Path about = folder.resolve(id + ABOUT);
        if (Files.exists(key)) {
            throw new ApiKeyException(id + " has a key already, " + key + ": revoke it first");
        }
        try {
            // What the person may do comes first: a key without it is good for nothing.
            Files.deleteIfExists(about);
            KeyFiles.write(about, text(name, right));
        } catch (FileAlreadyExistsException e) {
            throw new ApiKeyException("somebody else makes a key for " + id + " at this moment", e);
        } catch (IOException e) {
            throw new ApiKeyException(about + " cannot be written: " + e, e);
        }
        KeyFiles.generate(folder, id);
        return key;
    }

    private static String text(String name, String right) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("name", name);
        properties.setProperty("right", right);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return text.toString();
    }

    /**
     * Takes a person's key away.
     *
     * @param directory of the API keys
     * @return whether there was one
     * @throws IllegalArgumentException if the id is invalid
     * @throws ApiKeyException if it cannot be deleted
     */
    public static boolean revoke(Path directory, String id) {
        ApiKeys.checkName(id);
        Path folder = directory.resolve(FOLDER);
        try {
            boolean there = Files.deleteIfExists(folder.resolve(id + KeyFiles.SUFFIX));
            Files.deleteIfExists(folder.resolve(id + ABOUT));
            return there;
        } catch (IOException e) {
            throw new ApiKeyException("the key of " + id + " cannot be deleted: " + e, e);
        }
    }

    /**
     * Reads all keys of persons. One that is not as it has to be is left out, and keeps nobody else out.
     *
     * @param directory of the API keys
     * @throws ApiKeyException if the folder cannot be read, or others can write to it
     */
    public static Found read(Path directory) {
        Path folder = directory.resolve(FOLDER);
        List<Holder> holders = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            for (Path file : KeyFiles.list(folder)) {
                try {
                    holders.add(holder(file));
                } catch (ApiKeyException e) {
                    faults.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return new Found(List.copyOf(holders), List.copyOf(faults));
    }

    private static Holder holder(Path file) {
        String id = KeyFiles.name(file);
        String hash = ApiKeys.hash(KeyFiles.read(file));
        Path about = file.resolveSibling(id + ABOUT);
        Properties properties = new Properties();
        try {
            if (KeyFiles.hasAny(about, KeyFiles.TO_REPLACE)) {
                throw new ApiKeyException("users other than the owner can change " + about + ": \"chmod 600 " + about
                        + "\", and look whether the right in it is as it should be");
            }
            try (Reader reader = Files.newBufferedReader(about, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ApiKeyException(about + " cannot be read, so the key of " + id + " is good for nothing: " + e, e);
        }
        String right = properties.getProperty("right", "");
        String name = properties.getProperty("name", id);
        if (!Set.copyOf(RIGHTS).contains(right) || nameFault(name) != null) {
            throw new ApiKeyException(about + " has to have a right (" + String.join(", ", RIGHTS)
                    + ") and a name of 1 to " + LONGEST_NAME + " printable characters");
        }
        return new Holder(id, name, right, hash);
    }

    private static void checkName(String name) {
        String fault = nameFault(name);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
    }

    /**
     * What is wrong with the name of a person; null if nothing is. Format characters are refused, since they can make a name look like
     * another one.
     */
    public static @Nullable String nameFault(String name) {
        boolean fits = !name.isBlank()
                && name.equals(name.strip())
                && name.codePointCount(0, name.length()) <= LONGEST_NAME
                && name.codePoints().allMatch(PersonKeys::isPrintable);
        return fits ? null : "a name has 1 to " + LONGEST_NAME + " printable characters, and no blanks around it";
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
