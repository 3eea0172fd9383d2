package io.mysqlproxy.core.script.model.result;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.packet.ColumnDefinition;
import io.mysqlproxy.wire.response.ResultView;
import java.util.function.Function;

/** The columns of a held result set (lua-api.md 3.8, J-12). */
public final class FieldModel {
    /** One column. */
    public static final HostType<ColumnDefinition> TYPE = HostType.<ColumnDefinition>named("ProxyField")
            .text("name", text(ColumnDefinition::name))
            .get("type", ColumnDefinition::type)
            .text("org_name", text(ColumnDefinition::orgName))
            .text("table", text(ColumnDefinition::table))
            .text("org_table", text(ColumnDefinition::orgTable))
            .text("db", text(ColumnDefinition::schema))
            .get("length", ColumnDefinition::length)
            .get("flags", ColumnDefinition::flags)
            .get("charset", ColumnDefinition::charset)
            .get("decimals", ColumnDefinition::decimals);

    /** All of them. */
    public static final HostType<ResultView> LIST = HostType.<ResultView>named("ProxyFields")
            .items(v -> v.columns().size(), (v, i) -> TYPE.of(v.columns().get(i)));

    private FieldModel() {}

    private static Function<ColumnDefinition, Bytes> text(Function<ColumnDefinition, ByteString> value) {
        return column -> Bytes.of(value.apply(column).bytes());
    }
}
