package linter_test

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// hostileTexts are files that are hard to read as YAML or JSON.
func hostileTexts() []hostileCase {
	const second = "kind: Service\napiVersion: v1\nmetadata: {name: b}\nspec: {type: LoadBalancer}\n"
	return []hostileCase{
		{"alias bomb", "a.yaml", aliasBomb, "a.yaml:18 input-limit"},
		{"merge bomb", "a.yaml", mergeBomb, "a.yaml:12 input-limit"},
		{"quadratic aliases", "a.yaml", quadraticAliases, "a.yaml:3 input-limit"},
		{"line of 50 MB", "a.yaml", func() string { return "kind: Service\na: " + strings.Repeat("x", 50<<20) + "\n" }, "a.yaml:1 input-limit"},
		{"file of 68 MB", "a.yaml", func() string { return strings.Repeat("# x\n", 17<<20) }, "a.yaml:1 input-limit the file is larger than 64 MiB: it was not read"},
		{"deep YAML", "a.yaml", func() string { return "kind: Service\na: " + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) }, "a.yaml:2 input-limit"},
		{"deep YAML blocks", "a.yaml", func() string { return "kind: Service\na:\n " + strings.Repeat("- ", 10_000) + "x\n" }, "a.yaml:3 input-limit"},
		{"deep JSON", "a.json", func() string {
			return `{"kind": "Service", "a": ` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + "}"
		}, "a.json:1 input-limit"},
		{"blank documents", "a.yaml", func() string { return strings.Repeat("---\n", 200_000) }, ""},
		{"duplicate key", "a.yaml", text("kind: Pod\nkind: Service\napiVersion: v1\n"), "a.yaml:1 duplicate-key"},
		{"duplicate key in JSON", "a.json", text("{\"kind\": \"Pod\",\n\"kind\": \"Service\", \"apiVersion\": \"v1\"}"), "a.json:1 duplicate-key"},
		{"invalid UTF-8", "a.yaml", text("kind: Service\na: \xff\xfe\n"), "a.yaml:2 parse-error"},
		{"NUL", "a.yaml", text("kind: Service\na: b\x00c\n"), "a.yaml:2 parse-error"},
		{"byte order mark", "a.yaml", text("\ufeff" + second), "a.yaml:3 public-load-balancer"},
		{"UTF-16", "a.yaml", func() string { return utf16Text(second) }, "a.yaml:1 parse-error file is UTF-16"},
		{"CRLF", "a.yaml", text(strings.ReplaceAll(second, "\n", "\r\n")), "a.yaml:3 public-load-balancer"},
		{"CR only", "a.yaml", text(strings.ReplaceAll(second, "\n", "\r")), "a.yaml:3 public-load-balancer"},
		{"tabs", "a.yaml", text("kind: Service\nspec:\n\ttype: LoadBalancer\n"), "a.yaml:3 parse-error"},
		{"empty file", "a.yaml", text(""), ""},
		{"empty JSON", "a.json", text(""), ""},
		{"folder named as a file", "x.yaml/a.yaml", text(second), "x.yaml/a.yaml:3 public-load-balancer"},
		{"parameter file without template", "a.parameters.json", text(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {"x": {"value": 1}}}`), "a.parameters.json skipped a parameter file whose template was not read"},
	}
}

// aliasBomb doubles a list thirty times.
func aliasBomb() string {
	var b strings.Builder
	b.WriteString("kind: Service\na0: &a0 [x, x]\n")
	for i := 1; i <= 30; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [*a%d, *a%d]\n", i, i, i-1, i-1)
	}
	return b.String()
}

// mergeBomb doubles a map thirty times by merge keys.
func mergeBomb() string {
	var b strings.Builder
	b.WriteString("kind: Service\na0: &a0 {k: v}\n")
	for i := 1; i <= 30; i++ {
		fmt.Fprintf(&b, "a%d: &a%d {<<: [*a%d, *a%d], k%d: {<<: *a%d}}\n", i, i, i-1, i-1, i, i-1)
	}
	return b.String()
}

// quadraticAliases names a long list many times.
func quadraticAliases() string {
	return "kind: Service\na: &a [" + strings.Repeat("x, ", 20_000) + "x]\nb: [" + strings.Repeat("*a, ", 20_000) + "*a]\n"
}

// utf16Text is the text in UTF-16, little end first, with a byte order mark.
func utf16Text(s string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(s)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}
