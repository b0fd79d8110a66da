package corpus

import "fmt"

// publicWorkload has a load balancer that nothing makes internal.
func (m *manifest) publicWorkload() []object {
	return m.companions([]object{m.deployment(), m.service(exposurePublic)}, 1)
}

func (m *manifest) internalWorkload() []object {
	return m.companions([]object{m.deployment(), m.service(exposureInternal)}, 1)
}

func (m *manifest) workload() []object {
	documents := []object{m.deployment()}
	if m.chance(75) {
		documents = append(documents, m.service(exposureCluster))
	}
	return m.companions(documents, 3)
}

func (m *manifest) database() []object {
	documents := []object{m.statefulSet(), m.service(exposureHeadless)}
	if m.chance(40) {
		documents = append(documents, m.configMap(m.app+"-settings"))
	}
	return documents
}

// companions adds up to so many of the objects that stand beside a workload.
func (m *manifest) companions(documents []object, most int) []object {
	extras := []func() object{m.autoscaler, m.disruptionBudget, func() object { return m.serviceAccount(m.app) }}
	for _, extra := range extras[:most] {
		if m.chance(30) {
			documents = append(documents, extra())
		}
	}
	return documents
}

func (m *manifest) deployment() object {
	spec := object{{"replicas", m.between(1, 12)}}
	if m.chance(40) {
		spec = spec.with(field{"revisionHistoryLimit", 3}, field{"strategy", object{
			{"type", "RollingUpdate"}, {"rollingUpdate", object{{"maxSurge", "25%"}, {"maxUnavailable", 0}}},
		}})
	}
	return m.object("apps/v1", "Deployment", m.app, field{"labels", m.labels()}).with(
		field{"spec", append(spec, m.selectorAndPods(nil)...)})
}

func (m *manifest) statefulSet() object {
	spec := object{{"serviceName", m.app}, {"replicas", m.between(1, 5)}}
	spec = append(spec, m.selectorAndPods(list{object{{"name", "data"}, {"mountPath", "/var/lib/data"}}})...)
	return m.object("apps/v1", "StatefulSet", m.app, field{"labels", m.labels()}).with(field{"spec", spec.with(
		field{"volumeClaimTemplates", list{object{
			{"metadata", object{{"name", "data"}}},
			{"spec", object{
				{"accessModes", texts("ReadWriteOnce")},
				{"storageClassName", pick(m.dice, "managed-csi", "managed-csi-premium", "default")},
				{"resources", object{{"requests", object{{"storage", fmt.Sprintf("%dGi", 8*m.between(1, 32))}}}}},
			}},
		}}})})
}

// selectorAndPods ties a workload to its pods by one label.
func (m *manifest) selectorAndPods(mounts list) object {
	var selector, labels any = object{{"app.kubernetes.io/name", m.app}}, object{{"app.kubernetes.io/name", m.app}}
	if m.anchors {
		selector, labels = anchored{"pods", selector}, alias{"pods", labels}
	} else if m.chance(50) {
		labels = object{{"app.kubernetes.io/name", m.app}, {"version", fmt.Sprintf("v%d", m.between(1, 9))}}
	}
	metadata := object{{"labels", labels}}
	if m.chance(25) {
		metadata = metadata.with(field{"annotations", object{{"prometheus.io/scrape", "true"}, {"prometheus.io/port", "9102"}}})
	}
	pod := object{}
	if m.chance(35) {
		pod = pod.with(field{"serviceAccountName", m.app})
	}
	pod = pod.with(field{"containers", m.containers(mounts)})
	if m.chance(25) {
		pod = pod.with(field{"nodeSelector", object{{"kubernetes.io/os", "linux"}}}, field{"terminationGracePeriodSeconds", 10 * m.between(1, 9)})
	}
	return object{{"selector", object{{"matchLabels", selector}}}, {"template", object{{"metadata", metadata}, {"spec", pod}}}}
}

func (m *manifest) containers(mounts list) list {
	main := object{
		{"name", "main"},
		{"image", fmt.Sprintf("registry.example/%s/%s:%d.%d.%d", m.word(), m.word(), m.between(0, 9), m.between(0, 40), m.between(0, 9))},
	}
	if m.chance(30) {
		main = main.with(field{"args", texts("--listen=:8080", "--log-level="+pick(m.dice, "info", "debug", "warn"))})
	}
	main = main.with(field{"ports", list{object{{"name", "http"}, {"containerPort", 8080}}, object{{"name", "metrics"}, {"containerPort", 9102}}}})
	if m.chance(60) {
		main = main.with(field{"env", m.environment()})
	}
	if m.chance(70) {
		main = main.with(field{"resources", object{
			{"requests", object{{"cpu", fmt.Sprintf("%dm", 50*m.between(1, 20))}, {"memory", fmt.Sprintf("%dMi", 64*m.between(1, 16))}}},
			{"limits", object{{"memory", fmt.Sprintf("%dMi", 128*m.between(8, 16))}}},
		}})
	}
	if m.chance(45) {
		main = main.with(field{"readinessProbe", object{
			{"httpGet", object{{"path", "/" + pick(m.dice, "ready", "healthz", "status")}, {"port", "http"}}},
			{"periodSeconds", m.between(5, 30)},
		}})
	}
	if len(mounts) > 0 {
		main = main.with(field{"volumeMounts", mounts})
	}
	containers := list{main}
	if m.chance(12) {
		containers = append(containers, object{
			{"name", "proxy"}, {"image", "registry.example/mesh/proxy:2.1.0"},
			{"securityContext", object{{"runAsNonRoot", true}, {"allowPrivilegeEscalation", false}, {"capabilities", object{{"drop", texts("ALL")}}}}},
		})
	}
	return containers
}

func (m *manifest) environment() list {
	env := list{object{{"name", "LOG_FORMAT"}, {"value", "json"}}}
	for i := range m.between(0, 4) {
		name := fmt.Sprintf("%s_%d", pick(m.dice, "QUEUE", "UPSTREAM", "TIMEOUT", "FEATURE", "REGION"), i)
		switch m.between(1, 3) {
		case 1:
			env = append(env, object{{"name", name}, {"value", fmt.Sprint(m.between(1, 5000))}})
		case 2:
			env = append(env, object{{"name", name}, {"value", fmt.Sprintf("https://%s.%s.svc.cluster.local:8443/api", m.word(), m.namespace)}})
		default:
			env = append(env, object{{"name", name}, {"valueFrom", object{{"secretKeyRef", object{{"name", m.app}, {"key", m.word()}}}}}})
		}
	}
	return env
}

func (m *manifest) autoscaler() object {
	return m.object("autoscaling/v2", "HorizontalPodAutoscaler", m.app).with(field{"spec", object{
		{"scaleTargetRef", object{{"apiVersion", "apps/v1"}, {"kind", "Deployment"}, {"name", m.app}}},
		{"minReplicas", m.between(1, 3)}, {"maxReplicas", m.between(4, 40)},
		{"metrics", list{object{{"type", "Resource"}, {"resource", object{
			{"name", "cpu"}, {"target", object{{"type", "Utilization"}, {"averageUtilization", m.between(50, 90)}}},
		}}}}},
	}})
}

func (m *manifest) disruptionBudget() object {
	return m.object("policy/v1", "PodDisruptionBudget", m.app).with(field{"spec", object{
		{"maxUnavailable", pick[any](m.dice, 1, "25%", "50%")},
		{"selector", object{{"matchLabels", object{{"app.kubernetes.io/name", m.app}}}}},
	}})
}
