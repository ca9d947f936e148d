def study_section(plan, *, now):
    return None
