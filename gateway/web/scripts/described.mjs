// The description of the API as the pages use it: operations by their ids, and for each schema the fields in short form.
// A field: t title, k kind, w words (by their name in ``words``), r required, n null allowed, a/z shortest and longest or
// least and most, d default, s the schema inside.

import { createHash } from "node:crypto";

const KINDS = { "date-time": "moment", date: "day", uuid: "id", decimal: "money", password: "password", binary: "file" };

function plainType(schema) {
  const types = [schema.type].flat().filter((type) => type && type !== "null");
  return types[0] ?? (schema.$ref || schema.anyOf ? "object" : "any");
}

function nameOf(ref) {
  return ref?.split("/").pop();
}

function inner(schema) {
  const other = schema.anyOf?.find((one) => one.$ref);
  return nameOf(schema.$ref ?? other?.$ref ?? schema.items?.$ref);
}

function kindOf(schema) {
  const type = plainType(schema);
  if (type === "array") return schema.items?.format === "uuid" ? "ids" : inner(schema) ? "lines" : "list";
  if (KINDS[schema.format]) return KINDS[schema.format];
  return { string: "text", integer: "count", number: "number", boolean: "flag", object: "object", any: "any" }[type];
}

export function described(api) {
  const words = {};

  // Named after their content, so that two branches that add words can be put together.
  function nameOfWords(of) {
    const name = createHash("sha256").update(JSON.stringify(of)).digest("hex").slice(0, 8);
    words[name] = of;
    return name;
  }

  function field(schema, isRequired) {
    const found = { t: schema.title, k: kindOf(schema) };
    const own = schema["x-words"] ?? schema.items?.["x-words"];
    if (own) found.w = nameOfWords(own);
    else if (schema.enum) found.e = schema.enum.filter((one) => one !== null);
    if (isRequired) found.r = 1;
    if ([schema.type].flat().includes("null")) found.n = 1;
    const least = schema.minLength ?? schema.minimum ?? schema.minItems;
    const most = schema.maxLength ?? schema.maximum ?? schema.maxItems;
    if (least !== undefined) found.a = least;
    if (most !== undefined) found.z = most;
    if (schema.default !== undefined && schema.default !== null) found.d = schema.default;
    if (inner(schema)) found.s = inner(schema);
    return found;
  }

  function fieldsOf(schema) {
    const required = new Set(schema.required ?? []);
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, field(one, required.has(name))]));
  }

  const operations = {};
  const schemas = {};

  function keep(name) {
    if (!name || schemas[name]) return name;
    schemas[name] = {};
    schemas[name] = fieldsOf(api.components.schemas[name]);
    for (const one of Object.values(schemas[name])) keep(one.s);
    return name;
  }

  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!operation.operationId || operation["x-process"]) continue;
      const found = { m: method.toUpperCase(), p: path, t: operation.summary, x: operation["x-permission"] };
      const body = operation.requestBody?.content ?? {};
      if (body["multipart/form-data"]) found.f = 1;
      const answer = Object.entries(operation.responses).find(([status]) => status.startsWith("2"))[1].content ?? {};
      const shape = nameOf(answer["application/json"]?.schema.$ref);
      const page = shape && api.components.schemas[shape].properties?.items?.items?.$ref;
      const query = (operation.parameters ?? []).filter((one) => one.in === "query");
      const asked = Object.fromEntries(query.map((one) => [one.name, field(one.schema, one.required)]));
      operations[operation.operationId] = found;
      schemas[operation.operationId] = {
        b: keep(nameOf((body["application/json"] ?? {}).schema?.$ref)),
        o: keep(shape),
        i: keep(nameOf(page)),
        q: Object.keys(asked).length ? asked : undefined,
      };
    }
  }
  const sorted = Object.fromEntries(Object.entries(words).sort(([one], [other]) => (one < other ? -1 : 1)));
  return { operations, fields: { words: sorted, schemas } };
}
