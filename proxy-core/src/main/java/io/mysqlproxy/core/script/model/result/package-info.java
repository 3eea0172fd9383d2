/** What scripts see of a result: its fields, its rows, its flags (lua-api.md 3, python-api.md 3). */
package io.mysqlproxy.core.script.model.result;
