package snippets

deny contains hit("equal") if input.resource.a == input.resource.b

deny contains hit("not equal") if input.resource.a != true

deny contains hit("greater") if input.resource.n > 3

deny contains hit("less or equal") if input.resource.n <= input.resource.m

deny contains hit("not a.b") if not input.resource.o.b

deny contains hit("not equal to default") if object.get(input.resource, "a", "none") == "none"

deny contains hit("nested default") if object.get(input.resource, ["o", "x"], 7) == 7

deny contains hit("not in set") if not input.resource.a in {"x", "y"}

deny contains hit("in list") if "x" in input.resource.list

deny contains hit("key in") if "b", "x" in input.resource.o

deny contains hit("literal object") if input.resource.o == {"b": "x"}

deny contains hit("literal list") if input.resource.list != ["x", "y"]

deny contains hit("sprintf") if input.resource.a != sprintf("%v", [input.resource.b])

deny contains hit("startswith") if not startswith(input.resource.s, "x")

deny contains hit("false is no statement") if input.resource.f

deny contains hit("not false") if not input.resource.f

deny contains hit("is string") if is_string(input.resource.a)

deny contains hit("type name") if type_name(input.resource.o) == "object"

deny contains hit("arithmetic") if (input.resource.n * 2) - input.resource.m == 1

hit(message) := {"path": ["a"], "message": message}
