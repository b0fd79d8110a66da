package edit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// apply is what an operation makes of a plain value: what the edited text has
// to hold. It changes the value that it is given.
func apply(doc any, op Operation) (any, error) {
	switch op.Op {
	case "remove":
		doc, _, err := taken(doc, op.Path)
		return doc, err
	case "replace":
		value, err := normal(op.Value)
		if err != nil {
			return nil, err
		}
		return at(doc, op.Path, func(any, bool) (any, error) { return value, nil })
	case "add":
		value, err := normal(op.Value)
		if err != nil {
			return nil, err
		}
		return put(doc, op.Path, value)
	case "move":
		doc, value, err := taken(doc, op.From)
		if err != nil {
			return nil, err
		}
		return put(doc, op.Path, value)
	case "copy":
		value, err := lookup(doc, op.From)
		if err != nil {
			return nil, err
		}
		if value, err = normal(value); err != nil {
			return nil, err
		}
		return put(doc, op.Path, value)
	}
	return nil, fmt.Errorf("unknown operation %q", op.Op)
}

// normal is a value in the types that documents have, and a copy.
func normal(v any) (any, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("reading the value of a patch: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var out any
	err = decoder.Decode(&out)
	return out, err
}

// at replaces what stands at a path by what change makes of it.
func at(doc any, path Pointer, change func(v any, last bool) (any, error)) (any, error) {
	if len(path) == 0 {
		return change(doc, true)
	}
	switch v := doc.(type) {
	case map[string]any:
		child, ok := v[path[0]]
		if !ok {
			return nil, fmt.Errorf("%q: %w", path[0], errMissing)
		}
		changed, err := at(child, path[1:], change)
		v[path[0]] = changed
		return v, err
	case []any:
		i, err := strconv.Atoi(path[0])
		if err != nil || i < 0 || i >= len(v) {
			return nil, fmt.Errorf("%q: %w", path[0], errMissing)
		}
		v[i], err = at(v[i], path[1:], change)
		return v, err
	}
	return nil, fmt.Errorf("%q: %w", path[0], errMissing)
}

func lookup(doc any, path Pointer) (found any, err error) {
	_, err = at(doc, path, func(v any, _ bool) (any, error) {
		found = v
		return v, nil
	})
	return found, err
}

// put adds a member or an element.
func put(doc any, path Pointer, value any) (any, error) {
	if len(path) == 0 {
		return value, nil
	}
	last := path[len(path)-1]
	return at(doc, path[:len(path)-1], func(parent any, _ bool) (any, error) {
		switch v := parent.(type) {
		case map[string]any:
			v[last] = value
			return v, nil
		case []any:
			i, err := insertIndex(last, len(v))
			if err != nil {
				return nil, err
			}
			return slices.Insert(v, i, value), nil
		}
		return nil, fmt.Errorf("%q: %w", last, errMissing)
	})
}

// taken removes what stands at a path and returns it.
func taken(doc any, path Pointer) (rest, value any, err error) {
	if value, err = lookup(doc, path); err != nil || len(path) == 0 {
		return nil, nil, fmt.Errorf("removing %s: %w", path, errMissing)
	}
	last := path[len(path)-1]
	rest, err = at(doc, path[:len(path)-1], func(parent any, _ bool) (any, error) {
		switch v := parent.(type) {
		case map[string]any:
			delete(v, last)
			return v, nil
		case []any:
			i, err := strconv.Atoi(last)
			if err != nil {
				return nil, fmt.Errorf("%q: %w", last, errMissing)
			}
			return slices.Delete(v, i, i+1), nil
		}
		return nil, fmt.Errorf("%q: %w", last, errMissing)
	})
	return rest, value, err
}
