package io.mysqlproxy.launcher.option;

import io.mysqlproxy.core.config.ConfigException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a file says about options: each value in the form in which a command line would give it. */
public final class FileSettings {
    private static final String GROUP = "mysql-proxy";
    private static final Set<String> ON = Set.of("true", "1");
    private static final Set<String> OFF = Set.of("false", "0");

    private final KeyFile file;
    private final Map<String, Setting<?>> known = new HashMap<>();
    private final Map<String, List<String>> given = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * Reads the values.
     *
     * @param groups the options there are
     * @param silent keys that mean something elsewhere, and nothing here
     * @throws ConfigException if a value is not one of its option
     */
    public FileSettings(KeyFile file, List<OptionGroup> groups, Set<String> silent) {
        this.file = file;
        for (OptionGroup group : groups) {
            group.settings().forEach(setting -> setting.names().forEach(name -> known.put(name, setting)));
        }
        for (KeyFile.Entry entry : file.entries()) {
            Setting<?> setting = known.get(entry.key());
            if (silent.contains(entry.key())) {
                continue;
            }
            if (setting == null) {
                warnings.add(file.name() + ":" + entry.line() + ": unknown key '" + KeyFile.shown(entry.key())
                        + "' is ignored");
            } else {
                given.put(setting.name(), texts(setting, entry));
            }
        }
    }

    /** The options the file gives. */
    public Settings settings() {
        return new Settings(given);
    }

    /** What the user should know of the file. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private List<String> texts(Setting<?> setting, KeyFile.Entry entry) {
        String text = decoded(entry);
        if (setting.kind() == Kind.FLAG) {
            if (!ON.contains(text) && !OFF.contains(text)) {
                throw notInGroup(entry);
            }
            return List.of(Boolean.toString(ON.contains(text)));
        }
        if (setting.kind() == Kind.INTEGER || setting.kind() == Kind.DECIMAL) {
            return List.of(number(setting, entry, text));
        }
        return setting.kind() == Kind.LIST ? elements(entry, text) : List.of(unescaped(entry, text));
    }

    private String number(Setting<?> setting, KeyFile.Entry entry, String text) {
        try {
            setting.kind().reader().read(setting.dashed(), List.of(text));
            return text;
        } catch (ConfigException e) {
            throw notInGroup(entry);
        }
    }

    /** Each element as a list of one: a comma in it stays one. */
    private List<String> elements(KeyFile.Entry entry, String text) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                element.append(c).append(text.charAt(++i));
            } else if (c == ',') {
                elements.add(element(entry, element));
            } else {
                element.append(c);
            }
        }
        elements.add(element(entry, element));
        return elements;
    }

    private String element(KeyFile.Entry entry, StringBuilder raw) {
        String element = raw.toString().strip();
        raw.setLength(0);
        return unescaped(entry, element.replace("\\,", ",")).replace(",", "\\,");
    }

    private String unescaped(KeyFile.Entry entry, String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain.append(c != '\\' ? c : meaning(entry, ++i < text.length() ? text.charAt(i) : 0));
        }
        return plain.toString();
    }

    private char meaning(KeyFile.Entry entry, int escaped) {
        return switch (escaped) {
            case 's' -> ' ';
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '\\' -> '\\';
            default ->
                throw file.failure(
                        "Key file contains key “" + entry.key() + "” which has a value that cannot be interpreted.");
        };
    }

    private String decoded(KeyFile.Entry entry) {
        byte[] bytes = entry.value().getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw file.failure("Key file contains key “" + entry.key() + "” with value “" + KeyFile.shown(entry.value())
                    + "” which is not UTF-8");
        }
    }

    private ConfigException notInGroup(KeyFile.Entry entry) {
        return file.failure("Key file contains key “" + entry.key() + "” in group “" + GROUP
                + "” which has a value that cannot be interpreted.");
    }
}
