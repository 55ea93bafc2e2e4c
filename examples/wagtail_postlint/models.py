"""A post as Wagtail keeps it, and the step of a workflow that looks at it.

Put ``wagtail_postlint`` into INSTALLED_APPS, set WAGTAIL_FINISH_WORKFLOW_ACTION to
"wagtail_postlint.publishing.publish_what_was_looked_at", migrate, and make a workflow in Wagtail's settings whose first
task is a "Postlint task". Take the permission to publish from those who write: it goes past every workflow.
"""

from __future__ import annotations

from functools import cache

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, RevisionMixin, Task, TaskState, WorkflowMixin
from wagtail.snippets.models import register_snippet

from wmp_postlint import Account, Linter, Media, Post, PostError
from wmp_postlint.adapters import answer


@cache
def linter() -> Linter:
    """Return the linter of this process, made when it is first needed."""
    return Linter()


@register_snippet
class SocialPost(WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """A post for one account of one network; it goes live, which is when the site sends it, at its go-live time."""

    text = models.TextField()
    platform = models.CharField(max_length=40, default="x")
    account = models.CharField(max_length=100)
    image = models.ForeignKey("wagtailimages.Image", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(max_length=1000, blank=True)

    revisions = GenericRelation("wagtailcore.Revision", related_query_name="social_post")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="social_post",
        for_concrete_model=False,
    )
    panels = [*(FieldPanel(name) for name in ("text", "platform", "account", "image", "alt")), PublishingPanel()]

    def __str__(self) -> str:
        return f"{self.platform}, {self.account}"

    def as_post(self) -> Post:
        """Return what would be published."""
        media = ()
        if self.image:
            try:
                with self.image.file.open("rb") as opened:
                    data = opened.read()
            except OSError:
                data = None  # an error in the report
            media = (Media(data=data, filename=self.image.filename, alt=self.alt),)
        return Post(
            self.text,
            id=str(self.pk),
            platform=self.platform,
            account=Account(self.account, platform=self.platform),
            media=media,
            published_at=self.go_live_at,
        )


class PostlintTask(Task):
    """A step of a workflow that lets a clean revision on, and sends any other back with what was found.

    ``warnings_go_on`` lets a revision with warnings on to a task after this one, where a person decides. Without such a
    task it is sent back all the same, and so is one of which something could not be looked at.
    """

    warnings_go_on = models.BooleanField(default=False, help_text="To a person, who is the next task of the workflow.")

    admin_form_fields = [*Task.admin_form_fields, "warnings_go_on"]

    def start(self, workflow_state, user=None):
        """Look at the latest revision and decide at once."""
        state = super().start(workflow_state, user=user)
        post = state.revision.as_object()
        try:
            report = linter().lint(post.as_post())
        except PostError as error:
            verdict, state.comment = "block", f"It could not be looked at: {error}."
        else:
            verdict = report.verdict
            state.comment = "" if report.passed else answer.explanation([report])
            if answer.not_looked([report]):
                verdict = "block"
        person_decides = self.warnings_go_on and _person_follows(workflow_state, self)
        passes = verdict == "pass" or (verdict == "review" and person_decides)
        # Set here rather than by approve() and reject(), which would start the next step from within this one.
        state.status = TaskState.STATUS_APPROVED if passes else TaskState.STATUS_REJECTED
        state.finished_at = state.started_at
        state.save()
        return state

    @classmethod
    def get_description(cls) -> str:
        return "Lints the post: a clean one goes on, any other goes back to its author with what was found."


def _person_follows(workflow_state, task) -> bool:
    """Whether a task after this one is no look of the linter's again."""
    tasks = [each.specific for each in workflow_state.workflow.tasks]
    after = tasks[[each.pk for each in tasks].index(task.pk) + 1 :]
    return any(not isinstance(each, PostlintTask) for each in after)
