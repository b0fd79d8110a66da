package snippets.lib

name(p) := lower(p.name) if is_string(p.name)
