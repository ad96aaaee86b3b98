// The two courses of a hazard in words, step by step as ``GENERAL_STAGES`` and ``MAJOR_STAGES`` name them (rules 7).

export interface FlowStep {
  name: string;
  title: string;
  who: string;
  what: string;
  term?: string;
  back?: string; // where a refusal leads
}

export interface Flow {
  title: string;
  about: string;
  steps: FlowStep[];
}

export const FLOWS: Record<"general" | "major", Flow> = {
  general: {
    title: "一般隐患",
    about: "危害和整改难度较小，发现后能够立即整改排除，或者限期整改排除的隐患。",
    steps: [
      { name: "registered", title: "登记与确认", who: "发现人登记，安全管理人员确认", what: "写明部位、情况和类别，附现场照片。当场消除的写明消除措施，登记后直接销号；不能当场消除的，确认时落实责任人、整改措施和期限。", term: "期限不填为 7 天，首次不超过 30 天", back: "登记不清楚的退回发现人，修改后重新提交" },
      { name: "rectifying", title: "整改", who: "整改责任人", what: "按措施整改，整改期间落实防范措施；完成后填写整改情况，上传整改后照片，提交复查。", term: "到期前 3 天和 1 天提醒，超期每天提醒；可申请延期两次" },
      { name: "pending_recheck", title: "复查", who: "复查人，不能是整改人本人", what: "到现场核对整改结果，填写复查意见。等待复查期间不算超期。", back: "不合格的退回整改，并重新确定期限" },
      { name: "closed", title: "销号", who: "系统", what: "复查合格即销号，全过程记录长期保留，不能再修改。" },
    ],
  },
  major: {
    title: "重大隐患",
    about: "符合判定标准，或者需要全部或局部停产停业、经过一定时间治理才能排除，或者本单位自己难以排除的隐患。登记后立即列入监管部门的重大隐患清单。",
    steps: [
      { name: "registered", title: "登记", who: "安全管理人员，或监管执法人员", what: "对照判定标准登记，先采取临时防范措施，必要时停产撤人。" },
      { name: "reported", title: "上报", who: "安全管理人员", what: "报告现状和产生原因、危害程度、整改难易程度。", term: "登记后 24 小时内，迟报也要报，系统记明迟报" },
      { name: "planning", title: "编制治理方案", who: "主要负责人组织", what: "方案要五落实：责任、措施、资金、时限、预案。" },
      { name: "plan_review", title: "方案审核", who: "企业自查发现的由主要负责人审批；监管部门发现或挂牌督办的由监管部门审批", what: "核对五落实是否具体可行。", back: "不同意的退回修改方案" },
      { name: "rectifying", title: "治理", who: "治理责任人", what: "按方案治理，填报进展；完成后申请效果评估。", term: "每 7 天填报一次进展" },
      { name: "assessing", title: "效果评估", who: "本单位技术人员和专家，或有资质的机构", what: "评估治理效果，提交评估报告。", back: "不通过的继续治理" },
      { name: "acceptance", title: "验收", who: "监管部门", what: "现场审查，确认隐患已经排除。", term: "自申请之日起 10 天内", back: "不合格的继续治理" },
      { name: "closed", title: "销号", who: "监管部门", what: "验收合格即销号；挂牌督办的同时摘牌。" },
    ],
  },
};
