"""Finds the plans of the person who asks; somebody else's are not found."""

from django.shortcuts import get_object_or_404

from careers.plans.models import PlanStep


def own_plan(profile, pk):
    return get_object_or_404(profile.certification_plans.for_page(), pk=pk)


def own_step(profile, pk):
    steps = PlanStep.objects.filter(plan__in=profile.certification_plans.all()).select_related("plan__certification")
    return get_object_or_404(steps, pk=pk)
