package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// member is one member of the schema, for people to read.
type member struct {
	name   string
	schema schema
	// example is a value that shows its use, as JSON; nil for none.
	example json.RawMessage
}

// members lists the members of an object's schema in the order of the file.
func members(text []byte) ([]member, error) {
	var object struct {
		Properties json.RawMessage `json:"properties"`
	}
	if err := json.Unmarshal(text, &object); err != nil {
		return nil, fmt.Errorf("reading the schema of the configuration: %w", err)
	}
	if len(object.Properties) == 0 {
		return nil, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(object.Properties))
	if _, err := decoder.Token(); err != nil {
		return nil, fmt.Errorf("reading the schema of the configuration: %w", err)
	}
	var list []member
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, fmt.Errorf("reading the schema of the configuration: %w", err)
		}
		var sub struct {
			schema
			Examples []json.RawMessage `json:"examples"`
		}
		if err := decoder.Decode(&sub); err != nil {
			return nil, fmt.Errorf("reading the schema of the configuration: %w", err)
		}
		m := member{name: fmt.Sprint(name), schema: sub.schema}
		if len(sub.Examples) > 0 {
			m.example = sub.Examples[0]
		}
		list = append(list, m)
	}
	return list, nil
}

// schemaComment tells editors with a YAML language server where the schema is.
const schemaComment = "# yaml-language-server: $schema="

// Template is a configuration file in which every member is a comment, with
// what it means and an example.
func Template() ([]byte, error) {
	var top struct {
		ID          string `json:"$id"`
		Description string `json:"description"`
	}
	if err := json.Unmarshal(Schema, &top); err != nil {
		return nil, fmt.Errorf("reading the schema of the configuration: %w", err)
	}
	list, err := members(Schema)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s%s\n# Configuration of aksnetlint. Take the # away from what you need.\n", schemaComment, top.ID)
	for _, m := range list {
		example, err := yamlExample(m)
		if err != nil {
			return nil, err
		}
		b.WriteByte('\n')
		for _, line := range wrapped(m.schema.Description, 90) {
			fmt.Fprintf(&b, "# %s\n", line)
		}
		for line := range strings.Lines(example) {
			fmt.Fprintf(&b, "#%s", line)
		}
	}
	return b.Bytes(), nil
}

// wrapped breaks a text into lines of at most width characters, where words
// allow it.
func wrapped(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}

// yamlExample is the example of a member as YAML.
func yamlExample(m member) (string, error) {
	if m.example == nil {
		return "", fmt.Errorf("the schema has no example of %q", m.name)
	}
	text, err := yaml.JSONToYAML(fmt.Appendf(nil, "{%q:%s}", m.name, m.example))
	if err != nil {
		return "", fmt.Errorf("the example of %q: %w", m.name, err)
	}
	return string(text), nil
}

// Reference is the documentation of the file in markdown.
func Reference() ([]byte, error) {
	list, err := members(Schema)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString(referenceHead)
	for _, m := range list {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %s |\n", m.name, m.name, typeText(&m.schema), m.schema.Description)
	}
	for _, m := range list {
		if err := writeMember(&b, m); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

func writeMember(b *bytes.Buffer, m member) error {
	example, err := yamlExample(m)
	if err != nil {
		return err
	}
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n", m.name, m.schema.Description)
	fmt.Fprintf(b, "Type: %s.", typeText(&m.schema))
	if values := allowed(&m.schema); values != "" {
		fmt.Fprintf(b, " Values: %s.", values)
	}
	fmt.Fprintf(b, "\n\n```yaml\n%s```\n", example)
	object := &m.schema
	if object.Items != nil {
		object = object.Items
	}
	if len(object.Properties) == 0 {
		return nil
	}
	b.WriteString("\n| key | type | meaning |\n|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(object.Properties)) {
		sub := object.Properties[name]
		meaning := sub.Description
		if slices.Contains(object.Required, name) {
			meaning += " Required."
		}
		if values := allowed(sub); values != "" {
			meaning += " Values: " + values + "."
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", name, typeText(sub), meaning)
	}
	return nil
}

// typeText words the type of a member.
func typeText(s *schema) string {
	sub, _ := s.additional()
	switch {
	case s.Type == "array" && s.Items != nil:
		return "list of " + s.Items.Type + "s"
	case s.Type == "object" && sub != nil:
		return "map of " + strings.Replace(typeText(sub)+"s", "list of strings", "lists of string", 1)
	}
	return s.Type
}

// allowed lists the values of a member, or of the members of a map.
func allowed(s *schema) string {
	if sub, _ := s.additional(); sub != nil && len(s.Enum) == 0 {
		s = sub
	}
	values := make([]string, len(s.Enum))
	for i, v := range s.Enum {
		values[i] = "`" + v + "`"
	}
	return strings.Join(values, ", ")
}

const referenceHead = `# Configuration

<!-- Generated from linter/config/schema.json by go generate; do not edit. -->

` + "`" + FileName + "`" + ` is looked for in the folder of the first path and above it, up to the
root of the repository. ` + "`aksnetlint init`" + ` writes one with every key as a comment,
` + "`--config FILE`" + ` names another, ` + "`--no-config`" + ` reads none. Flags win over the file.

The file is read strictly: an unknown key, an unknown rule, a value of another
type or a path that leads out of the file's folder ends the run with exit code
2 and names the line. Paths and patterns are relative to the folder of the
file; ` + "`*`" + ` matches within a folder, ` + "`**`" + ` across folders.

Editors with a YAML language server check the file while it is written where its first
line is:

` + "```yaml\n" + schemaComment + `https://raw.githubusercontent.com/aksnetlint/aksnetlint/main/linter/config/schema.json
` + "```" + `

| key | type | meaning |
|---|---|---|
`
