package corpus

import (
	"encoding/base64"
	"fmt"
	"strings"
)

func (m *manifest) configuration() []object {
	documents := []object{}
	for i := range m.between(1, 3) {
		documents = append(documents, m.configMap(fmt.Sprintf("%s-%d", m.app, i)))
	}
	return documents
}

// configMap holds settings and, in one case of four, a file of some length.
func (m *manifest) configMap(name string) object {
	data := object{}
	for range m.between(2, 8) {
		data = data.with(field{fmt.Sprintf("%s.%s.%s", m.word(), m.word(), m.letters(3)), pick(m.dice,
			fmt.Sprint(m.between(0, 9999)), pick(m.dice, "true", "false"), m.word(), m.sentence(m.between(8, 30)))})
	}
	if m.chance(25) {
		data = data.with(field{pick(m.dice, "application.properties", "settings.conf"), m.properties(m.between(5, 60))})
	}
	if m.chance(8) {
		data = data.with(field{"run.sh", m.script()})
	}
	return m.object("v1", "ConfigMap", name, field{"labels", m.labels()}).with(field{"data", data})
}

// properties is the text of a settings file, with comments and blank lines.
func (m *manifest) properties(lines int) string {
	var b strings.Builder
	for i := range lines {
		switch n := m.between(1, 10); {
		case n == 1:
			b.WriteString("# " + m.sentence(m.between(3, 9)) + "\n")
		case n == 2 && i > 0 && i < lines-1:
			b.WriteString("\n")
		default:
			fmt.Fprintf(&b, "%s.%s=%s\n", m.word(), m.word(), m.letters(m.between(2, 30)))
		}
	}
	return b.String()
}

func (m *manifest) script() string {
	var b strings.Builder
	b.WriteString("#!/bin/sh\nset -eu\n")
	for range m.between(2, 6) {
		word := m.word()
		fmt.Fprintf(&b, "if [ -d \"/data/%s\" ]; then\n  echo \"%s: $(ls /data/%s | wc -l)\"\nfi\n", word, word, word)
	}
	return b.String()
}

func (m *manifest) secrets() []object {
	documents := []object{}
	for i := range m.between(1, 2) {
		data := object{}
		for range m.between(1, 4) {
			data = data.with(field{m.word() + "." + m.letters(4), base64.StdEncoding.EncodeToString([]byte("not-secret-" + m.letters(m.between(8, 60))))})
		}
		documents = append(documents, m.object("v1", "Secret", fmt.Sprintf("%s-%d", m.app, i)).with(field{"type", "Opaque"}, field{"data", data}))
	}
	return documents
}

func (m *manifest) access() []object {
	role := m.object("rbac.authorization.k8s.io/v1", "Role", m.app).with(field{"rules", m.roleRules()})
	binding := m.object("rbac.authorization.k8s.io/v1", "RoleBinding", m.app).with(
		field{"roleRef", object{{"apiGroup", "rbac.authorization.k8s.io"}, {"kind", "Role"}, {"name", m.app}}},
		field{"subjects", list{object{{"kind", "ServiceAccount"}, {"name", m.app}, {"namespace", m.namespace}}}})
	return []object{m.serviceAccount(m.app), role, binding}
}

func (m *manifest) serviceAccount(name string) object {
	account := m.object("v1", "ServiceAccount", name, field{"annotations", object{
		{"azure.workload.identity/client-id", fmt.Sprintf("%08d-0000-4000-8000-%012d", m.index, m.between(1, 1_000_000))},
	}})
	return account.with(field{"automountServiceAccountToken", m.chance(30)})
}

func (m *manifest) roleRules() list {
	rules := list{}
	for range m.between(1, 3) {
		rules = append(rules, object{
			{"apiGroups", texts(pick(m.dice, "", "apps", "batch"))},
			{"resources", texts(pick(m.dice, "pods", "configmaps", "jobs", "deployments"), pick(m.dice, "events", "secrets"))},
			{"verbs", pick(m.dice, texts("get", "list", "watch"), texts("get"), texts("create", "update", "patch"))},
		})
	}
	return rules
}
