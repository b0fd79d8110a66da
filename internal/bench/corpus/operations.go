package corpus

import "fmt"

// alerts adds rules over metrics.
func (t *template) alerts() {
	group := t.unique()
	t.add("Microsoft.Insights/actionGroups", "2023-01-01", named(group), object{
		{"groupShortName", t.letters(8)}, {"enabled", true},
		{"emailReceivers", list{object{{"name", t.word()}, {"emailAddress", t.word() + "@bench.example"}, {"useCommonAlertSchema", true}}}},
	})
	for range t.between(1, 8) {
		criteria := list{}
		for i := range t.between(1, 4) {
			criteria = append(criteria, object{
				{"name", fmt.Sprintf("%s%d", t.word(), i)}, {"metricName", t.word()}, {"operator", "GreaterThan"},
				{"threshold", t.between(1, 1000)}, {"timeAggregation", pick(t.dice, "Average", "Maximum", "Total")},
				{"dimensions", list{object{{"name", t.word()}, {"operator", "Include"}, {"values", texts("*")}}}},
			})
		}
		t.add("Microsoft.Insights/metricAlerts", "2018-03-01", named(t.unique()), object{
			{"description", t.sentence(t.between(6, 18))}, {"severity", t.between(0, 4)}, {"enabled", true},
			{"scopes", texts("[resourceGroup().id]")}, {"evaluationFrequency", "PT5M"}, {"windowSize", "PT15M"},
			{"criteria", object{{"odata.type", "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria"}, {"allOf", criteria}}},
			{"actions", list{object{{"actionGroupId", "[" + resourceID("Microsoft.Insights/actionGroups", group) + "]"}}}},
		})
	}
}

// dashboard adds a dashboard of many tiles: much text of no meaning for a
// network.
func (t *template) dashboard() {
	parts := list{}
	for i := range t.between(4, 40) {
		parts = append(parts, object{
			{"position", object{{"x", i % 6 * 3}, {"y", i / 6 * 2}, {"colSpan", 3}, {"rowSpan", 2}}},
			{"metadata", object{
				{"type", "Extension/HubsExtension/PartType/MonitorChartPart"},
				{"inputs", list{object{{"name", "options"}, {"isOptional", true}}}},
				{"settings", object{{"content", object{{"options", object{{"chart", object{
					{"title", t.sentence(5)}, {"metrics", list{object{
						{"resourceMetadata", object{{"id", "[resourceGroup().id]"}}}, {"name", t.word()}, {"aggregationType", t.between(1, 7)},
					}}},
				}}}}}}}},
			}},
		})
	}
	t.add("Microsoft.Portal/dashboards", "2022-12-01-preview", named(t.unique()), object{
		{"lenses", list{object{{"order", 0}, {"parts", parts}}}}})
}

// roles adds role assignments whose names are computed.
func (t *template) roles() {
	principal := t.parameter(t.unique()+"Principal", object{{"type", "string"}, {"metadata", object{{"description", t.sentence(7)}}}})
	for range t.between(1, 6) {
		role := fmt.Sprintf("%08d-0000-4000-8000-%012d", t.between(1, 1_000_000), t.between(1, 1_000_000))
		t.append(object{
			{"type", "Microsoft.Authorization/roleAssignments"}, {"apiVersion", "2022-04-01"},
			{"name", "[guid(resourceGroup().id, '" + role + "', '" + t.letters(6) + "')]"},
			{"properties", object{
				{"roleDefinitionId", "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '" + role + "')]"},
				{"principalId", principal}, {"principalType", "ServicePrincipal"},
			}},
		})
	}
}

// nested adds a deployment with a template of its own.
func (t *template) nested() {
	name := t.unique()
	inner := &template{dice: t.dice, index: t.index, parameters: object{
		{"location", object{{"type", "string"}}}, {"environment", object{{"type", "string"}}}, {"tags", object{{"type", "object"}}},
	}, variables: object{
		{"prefix", "[concat('" + name + "-', parameters('environment'))]"}, {"suffix", "[uniqueString(resourceGroup().id)]"},
	}}
	for range t.between(1, 3) {
		pick(t.dice, (*template).storage, (*template).vault, (*template).database, (*template).alerts, (*template).site)(inner)
	}
	if t.chance(15) {
		inner.cluster()
	}
	pass := func(name string) field {
		return field{name, object{{"value", "[parameters('" + name + "')]"}}}
	}
	t.append(object{
		{"type", "Microsoft.Resources/deployments"}, {"apiVersion", "2024-03-01"}, {"name", name},
		{"properties", object{
			{"mode", "Incremental"}, {"expressionEvaluationOptions", object{{"scope", "inner"}}},
			{"parameters", object{pass("location"), pass("environment"), pass("tags")}},
			{"template", inner.document()},
		}},
	})
}
