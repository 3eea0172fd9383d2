package io.mysqlproxy.core.script.model;

import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.core.script.model.result.ResultModel;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The argument of {@code read_query_result} (lua-api.md 3.8, python-api.md 3.10). */
public final class InjectionModel {
    private static final Logger LOG = LoggerFactory.getLogger(InjectionModel.class);

    static final HostType<Injection> TYPE = HostType.<Injection>named("Injection")
            .get("id", Injection::id)
            .get("type", Injection::id)
            .only("lua")
            .get("query", Injection::query)
            .get("query_attributes", i -> AttributesModel.of(i.attributes()))
            .get("query_time", Injection::microsToFirstPacket)
            .get("response_time", Injection::microsToLastPacket)
            .get("resultset", i -> ResultModel.of(i))
            .missed((i, key) -> LOG.info("inj[{}] ... not found", key));

    private InjectionModel() {}

    /** A look at an injection whose answer is complete. */
    public static HostObject of(Injection injection) {
        return TYPE.of(injection);
    }
}
