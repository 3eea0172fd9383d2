package io.mysqlproxy.script.lua.text;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Locale;

/** C's {@code strftime} in the C locale. */
public final class DateFormat {
    private DateFormat() {}

    /** The text of a moment; letters that C does not know stay as they are. */
    public static String format(String pattern, ZonedDateTime time) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '%' && i + 1 < pattern.length()) {
                out.append(field(pattern.charAt(++i), time));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String field(char letter, ZonedDateTime time) {
        return switch (letter) {
            case 'c' -> format("%a %b %e %H:%M:%S %Y", time);
            case 'D', 'x' -> format("%m/%d/%y", time);
            case 'F' -> format("%Y-%m-%d", time);
            case 'r' -> format("%I:%M:%S %p", time);
            case 'R' -> format("%H:%M", time);
            case 'T', 'X' -> format("%H:%M:%S", time);
            case 'a', 'A', 'b', 'B', 'h', 'p', 'Z', 'z' -> name(letter, time);
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            case 's' -> Long.toString(time.toEpochSecond());
            case 'e', 'k', 'l' -> String.format(Locale.ROOT, "%2d", number(letter, time));
            case 'j' -> String.format(Locale.ROOT, "%03d", time.getDayOfYear());
            case 'u', 'w', 'Y', 'G' -> Integer.toString(number(letter, time));
            default -> {
                int number = number(letter, time);
                yield number < 0 ? "%" + letter : String.format(Locale.ROOT, "%02d", number);
            }
        };
    }

    private static String name(char letter, ZonedDateTime time) {
        return switch (letter) {
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'z' ->
                time.getOffset().getTotalSeconds() == 0
                        ? "+0000"
                        : time.getOffset().getId().replace(":", "");
            default ->
                time.getZone().equals(ZoneOffset.UTC)
                        ? "GMT"
                        : DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time);
        };
    }

    /** The value of a numeric field; -1 if the letter is none. */
    private static int number(char letter, ZonedDateTime time) {
        return switch (letter) {
            case 'C' -> time.getYear() / 100;
            case 'd', 'e' -> time.getDayOfMonth();
            case 'g' -> time.get(IsoFields.WEEK_BASED_YEAR) % 100;
            case 'G' -> time.get(IsoFields.WEEK_BASED_YEAR);
            case 'H', 'k' -> time.getHour();
            case 'I', 'l' -> time.get(ChronoField.CLOCK_HOUR_OF_AMPM);
            case 'm' -> time.getMonthValue();
            case 'M' -> time.getMinute();
            case 'S' -> time.getSecond();
            case 'u' -> time.getDayOfWeek().getValue();
            case 'U' -> (time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7;
            case 'V' -> time.get(WeekFields.ISO.weekOfWeekBasedYear());
            case 'w' -> time.getDayOfWeek().getValue() % 7;
            case 'W' -> (time.getDayOfYear() + 7 - time.getDayOfWeek().getValue()) / 7;
            case 'y' -> time.getYear() % 100;
            case 'Y' -> time.getYear();
            default -> -1;
        };
    }
}
