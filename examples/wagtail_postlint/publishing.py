"""How a workflow ends. Wagtail loads this before there are models, so that none is imported at the top."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


def publish_what_was_looked_at(workflow_state, user=None):
    """Publish, or schedule, the revision that a workflow ends with, in the place of Wagtail's own function.

    Wagtail's publishes the latest revision, which may have been saved after the look, and asks that whoever ends the
    workflow may publish, which an author, whose post a task lets through at once, may not.
    """
    from wagtail.models import TaskState

    from wagtail_postlint.models import PostlintTask

    revision = workflow_state.content_object.get_latest_revision()
    tasks = workflow_state.workflow.tasks.filter(pk__in=PostlintTask.objects.values("pk"))
    looks = workflow_state.task_states.filter(task__in=tasks, revision=revision, status=TaskState.STATUS_APPROVED)
    if tasks.exists() and not looks.exists():
        raise PermissionDenied("The post was changed after it was looked at; hand it in again.")
    revision.publish(user=user, skip_permission_checks=True)
